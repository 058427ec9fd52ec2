//! The path of the core's hidden module, as seen from the user's crate.

use proc_macro_crate::{FoundCrate, crate_name};
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Ident, Path};

use crate::attr::Given;

/// The crates that export the hidden module, nearest to the user first: package name, then library name.
const EXPORTERS: [(&str, &str); 2] = [("restless-actix", "restless_actix"), ("restless-core", "restless_core")];

/// The path of the hidden module: under `#[restless(crate = "...")]`, else under the crate the user's manifest names.
pub fn hidden_module(given: Option<&Given<Path>>) -> TokenStream {
    if let Some(Given { value: path, .. }) = given {
        return quote!(#path::__private);
    }
    let library = Ident::new(&library_name(), Span::call_site());
    quote!(::#library::__private)
}

/// The name under which the user's crate knows the first exporter it depends on.
fn library_name() -> String {
    let found = EXPORTERS.into_iter().find_map(|(package, library)| match crate_name(package) {
        Ok(FoundCrate::Name(name)) => Some(name),
        Ok(FoundCrate::Itself) => Some(library.to_owned()),
        Err(_) => None,
    });
    found.unwrap_or_else(|| EXPORTERS[0].1.to_owned())
}
