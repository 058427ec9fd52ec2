//! Attributes that methods of the model compute.

use syn::Ident;
use syn::ext::IdentExt;

use super::Name;
use crate::attr::ModelKeys;
use crate::case::Case;

/// An attribute whose value a method of the model gives.
pub struct Computed {
    /// The method.
    pub ident: Ident,
    /// Its name on the wire.
    pub name: Name,
}

impl Computed {
    /// Those that the keys name.
    pub fn resolve(keys: &ModelKeys, case: Option<Case>) -> Vec<Self> {
        let methods = keys.computed.iter().flat_map(|given| &given.value);
        methods.map(|ident| Self { name: Name::of_member(ident, None, case), ident: ident.clone() }).collect()
    }

    /// Its name without the `r#` of a raw identifier.
    pub fn plain_name(&self) -> String {
        self.ident.unraw().to_string()
    }
}
