//! The constants that stand for fields and relations in filters: their names in capitals.

use syn::Ident;
use syn::ext::IdentExt;

use super::{Field, Model, Relation};

/// The name of a field that a relation leaves no other name.
const OF_A_KEY: &str = "_KEY";

impl Model {
    /// The constant of a field. A relation of the same name goes before it.
    pub fn field_constant(&self, field: &Field) -> Ident {
        let constant = capitals(&field.ident);
        let is_taken = self.relations.iter().any(|relation| relation.constant() == constant);
        if is_taken { Ident::new(&format!("{constant}{OF_A_KEY}"), constant.span()) } else { constant }
    }

    /// The fields that have a constant: all that hold a column.
    pub fn columns(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.is_column)
    }
}

impl Relation {
    /// Its constant.
    pub fn constant(&self) -> Ident {
        capitals(&self.ident)
    }
}

/// `birth_date` and `birthDate` as `BIRTH_DATE`.
fn capitals(name: &Ident) -> Ident {
    let mut text = String::new();
    let mut is_inside = false;
    for letter in name.unraw().to_string().chars() {
        if letter.is_uppercase() && is_inside {
            text.push('_');
        }
        is_inside = letter.is_lowercase() || letter.is_numeric();
        text.extend(letter.to_uppercase());
    }
    Ident::new(&text, name.span())
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::capitals;

    #[test]
    fn has_capitals_and_underscores() {
        assert_eq!(capitals(&parse_quote!(birth_date)), "BIRTH_DATE");
        assert_eq!(capitals(&parse_quote!(birthDate2X)), "BIRTH_DATE2_X");
        assert_eq!(capitals(&parse_quote!(r#type)), "TYPE");
        assert_eq!(capitals(&parse_quote!(_id)), "_ID");
    }
}
