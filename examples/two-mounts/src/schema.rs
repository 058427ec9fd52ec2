//! The table, as `diesel print-schema` writes it.

diesel::table! {
    product (id) {
        id -> Integer,
        name -> Text,
        is_published -> Bool,
    }
}
