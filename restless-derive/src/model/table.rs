//! The table of a model.

use syn::ext::IdentExt;
use syn::{Ident, Path};

/// The table that Diesel takes for a struct without `table_name`: the struct's name in snake case and an `s`.
pub fn inferred(model: &Ident) -> Path {
    let name = format!("{}s", snake(model));
    Ident::new(&name, model.span()).into()
}

/// The name of a struct in snake case, as Diesel has it.
pub fn snake(model: &Ident) -> String {
    let mut name = String::new();
    for character in model.unraw().to_string().chars() {
        if character.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(character.to_lowercase());
    }
    name
}

/// The name of a table: the last segment of its path.
pub fn name(table: &Path) -> String {
    table.segments.last().map(|segment| segment.ident.unraw().to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::{inferred, name};

    #[test]
    fn takes_the_table_that_diesel_takes() {
        assert_eq!(name(&inferred(&parse_quote!(Person))), "persons");
        assert_eq!(name(&inferred(&parse_quote!(BlogPost))), "blog_posts");
    }

    #[test]
    fn is_called_as_the_last_segment_of_its_path() {
        assert_eq!(name(&parse_quote!(crate::schema::r#type)), "type");
    }
}
