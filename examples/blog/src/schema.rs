//! The tables, as `diesel print-schema` writes them.

diesel::table! {
    person (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    article (id) {
        id -> Integer,
        title -> Text,
        author_id -> Integer,
        editor_id -> Nullable<Integer>,
    }
}

diesel::table! {
    comment (id) {
        id -> Integer,
        content -> Text,
        article_id -> Integer,
        author_id -> Nullable<Integer>,
    }
}

diesel::table! {
    tag (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    article_tag (article_id, tag_id) {
        article_id -> Integer,
        tag_id -> Integer,
    }
}
