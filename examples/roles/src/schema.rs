//! The table, as `diesel print-schema` writes it.

diesel::table! {
    employee (id) {
        id -> Integer,
        name -> Text,
        title -> Text,
        salary -> Integer,
    }
}
