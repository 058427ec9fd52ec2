//! The tables, as `diesel print-schema` writes them.

diesel::table! {
    user (id) {
        id -> Integer,
        token -> Text,
    }
}

diesel::table! {
    note (id) {
        id -> Integer,
        content -> Text,
        owner_id -> Integer,
    }
}
