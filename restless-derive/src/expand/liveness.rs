//! A function that reads the fields on the wire: restless reads columns, and rustc would call the fields dead.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Model;

/// The function, which is never called.
pub fn reader(model: &Model) -> TokenStream {
    let ident = &model.ident;
    let fields = model.members().map(|field| &field.ident);
    quote! {
        fn __reads(model: &#ident) {
            #(let _ = &model.#fields;)*
        }
    }
}
