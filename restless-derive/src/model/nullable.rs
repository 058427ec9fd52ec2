//! Types of fields that may have no value.

use syn::{GenericArgument, PathArguments, Type};

/// The type inside `Option<...>`; nothing for a type that is none, or that has another name for it.
pub fn inner(ty: &Type) -> Option<&Type> {
    match ty {
        Type::Group(group) => inner(&group.elem),
        Type::Paren(paren) => inner(&paren.elem),
        Type::Path(path) if path.qself.is_none() => {
            let last = path.path.segments.last().filter(|segment| segment.ident == "Option")?;
            let PathArguments::AngleBracketed(arguments) = &last.arguments else {
                return None;
            };
            match arguments.args.first()? {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens as _;
    use syn::parse_quote;

    use super::inner;

    #[test]
    fn looks_into_an_option_however_it_is_named() {
        let text = "String";
        for ty in [parse_quote!(Option<String>), parse_quote!(::std::option::Option<String>)] {
            assert!(inner(&ty).is_some_and(|found| found.to_token_stream().to_string() == text));
        }
        for ty in [parse_quote!(String), parse_quote!(Vec<String>), parse_quote!(Option)] {
            assert!(inner(&ty).is_none());
        }
    }
}
