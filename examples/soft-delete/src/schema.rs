//! The table, as `diesel print-schema` writes it.

diesel::table! {
    document (id) {
        id -> Integer,
        title -> Text,
        deleted_at -> Nullable<Timestamp>,
    }
}
