//! The tables, as `diesel print-schema` writes them.

diesel::table! {
    person (id) {
        id -> Integer,
        name -> Text,
        age -> Nullable<Integer>,
        birth_date -> Nullable<Date>,
    }
}

diesel::table! {
    computer (id) {
        id -> Integer,
        name -> Text,
        vendor -> Nullable<Text>,
        owner_id -> Nullable<Integer>,
    }
}

diesel::joinable!(computer -> person (owner_id));
diesel::allow_tables_to_appear_in_same_query!(person, computer);
