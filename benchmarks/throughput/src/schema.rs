//! The tables, as `diesel print-schema` writes them.

diesel::table! {
    author (id) {
        id -> Integer,
        name -> Text,
        email -> Text,
        born -> Nullable<Date>,
    }
}

diesel::table! {
    article (id) {
        id -> Integer,
        title -> Text,
        body -> Text,
        section -> Text,
        words -> Integer,
        created_at -> Timestamp,
        author_id -> Integer,
    }
}

diesel::joinable!(article -> author (author_id));
diesel::allow_tables_to_appear_in_same_query!(article, author);
