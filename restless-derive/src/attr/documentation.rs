//! Doc comments, which become the description of a resource and of its attributes.

use syn::{Attribute, Expr, Lit, Meta};

/// The doc comment among the attributes, without the space that `///` puts in front of a line; empty when there is none.
pub fn read(attributes: &[Attribute]) -> String {
    let lines: Vec<_> = attributes.iter().filter_map(text).collect();
    let lines =
        lines.iter().flat_map(|text| text.split('\n')).map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end());
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// The text of a `#[doc = "..."]`.
fn text(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(meta) = &attribute.meta else {
        return None;
    };
    match &meta.value {
        Expr::Lit(literal) if meta.path.is_ident("doc") => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}
