//! `impl Present`: which of its methods a model is asked by, and who makes its attributes.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::attribute::place;
use crate::attr::Given;
use crate::model::Model;

/// Returns true if the model itself has to be asked.
pub fn is_asked(model: &Model) -> bool {
    !model.computed.is_empty() || model.keys.serializer.is_some()
}

/// The implementation of the core's `Present`, if there is anything to ask for.
pub fn implementation(model: &Model) -> Option<TokenStream> {
    let ident = &model.ident;
    let lines = model.computed.iter().map(|computed| {
        let (name, method) = (&computed.name.text, &computed.ident);
        quote_spanned! {place(method)=>
            __restless::Computation::new(#name, |model| __restless::computed(#ident::#method(model)))
        }
    });
    let serialize = model.keys.serializer.as_ref().map(|Given { value: path, .. }| {
        let made = quote_spanned!(place(path)=> __restless::serialized::<Self, #path>());
        quote!(const SERIALIZE: ::core::option::Option<__restless::SerializeModel<Self>> = ::core::option::Option::Some(#made);)
    });
    is_asked(model).then(|| {
        quote! {
            #[automatically_derived]
            impl __restless::Present for #ident {
                const COMPUTED: &'static [__restless::Computation<Self>] = &[#(#lines),*];
                #serialize
            }
        }
    })
}

/// `.presented(…)` of the description.
pub fn description_call(model: &Model) -> Option<TokenStream> {
    let ident = &model.ident;
    is_asked(model).then(|| quote!(.presented(__restless::Presented::of::<#ident>())))
}

/// `.presentation(…)` of the codecs.
pub fn call(model: &Model) -> Option<TokenStream> {
    let ident = &model.ident;
    is_asked(model).then(|| quote_spanned!(place(ident)=> .presentation(__restless::Presentation::of::<#ident>())))
}
