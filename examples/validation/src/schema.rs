//! The table, as `diesel print-schema` writes it.

diesel::table! {
    booking (id) {
        id -> Integer,
        guest -> Text,
        email -> Text,
        seats -> Integer,
        day -> Date,
    }
}
