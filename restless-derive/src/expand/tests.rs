//! Snapshots of the expansion, one per key or feature, to be reviewed as code.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::parse_quote;

/// Compares the expansion of a model with its snapshot, which is named after the test.
macro_rules! assert_expansion {
    ($($model:tt)*) => {
        let expansion = laid_out(crate::derive(&parse_quote!($($model)*)));
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(expansion);
        });
    };
}

#[test]
fn a_bare_model_is_served_from_every_backend() {
    assert_expansion! {
        pub struct Person { id: i32, name: String }
    }
}

#[test]
fn a_backend_narrows_the_model() {
    assert_expansion! {
        #[diesel(table_name = person, check_for_backend(diesel::sqlite::Sqlite))]
        struct Person { id: i32, name: String }
    }
}

#[test]
fn settings_have_a_call_per_key_that_is_given() {
    assert_expansion! {
        #[diesel(table_name = crate::schema::person, check_for_backend(Sqlite))]
        #[restless(methods(GET, POST, PATCH, DELETE), prefix = "/api/v2", collection_name = "people")]
        #[restless(page_size = 20, max_page_size = 0, related_page_size = 50, count(none), allow_client_generated_ids)]
        #[restless(validation_status = 422)]
        struct Person { id: i32 }
    }
}

#[test]
fn the_classic_format_has_settings_of_its_own() {
    assert_expansion! {
        #[diesel(table_name = pair, primary_key(one_id, other_id), check_for_backend(Sqlite))]
        #[restless(primary_key = id, methods(GET, PUT), allow_patch_many, allow_delete_many, default_format = "classic")]
        struct Pair { id: i32, one_id: i32, other_id: i32 }
    }
}

#[test]
fn one_format_is_switched_off() {
    assert_expansion! {
        #[diesel(table_name = person, check_for_backend(Sqlite))]
        #[restless(formats(json_api), ignore_read_only, jsonp)]
        struct Person { id: i32 }
    }
}

#[test]
fn the_application_has_its_say() {
    assert_expansion! {
        #[diesel(table_name = person, check_for_backend(Sqlite))]
        #[restless(row_filter = rules::visible, validate = check, processors(RequireToken, audit::Audit), field_access = by_role)]
        struct Person { id: i32 }
    }
}

#[test]
fn the_model_is_asked() {
    assert_expansion! {
        #[diesel(table_name = person, check_for_backend(Sqlite))]
        #[restless(computed(full_name, r#type_of), serializer = Badge, deserializer = json_format::Badge, rename_all = "camelCase")]
        struct Person { id: i32 }
    }
}

#[test]
fn access_is_a_call_per_flag() {
    assert_expansion! {
        #[diesel(table_name = person, check_for_backend(Sqlite))]
        struct Person {
            id: i32,
            #[restless(skip)] hash: String,
            #[restless(read_only)] created: i64,
            #[restless(write_only, create_only)] password: String,
        }
    }
}

#[test]
fn names_follow_rename_and_rename_all() {
    assert_expansion! {
        #[diesel(table_name = person, check_for_backend(Sqlite))]
        #[restless(rename_all = "camelCase")]
        struct Person {
            id: i32,
            birth_date: NaiveDate,
            #[restless(rename = "full-name")] name: String,
            r#type_of: String,
            #[diesel(column_name = "type")] kind: String,
        }
    }
}

#[test]
fn a_key_with_a_name_of_its_own_is_also_an_attribute() {
    assert_expansion! {
        #[diesel(table_name = person, primary_key(serial), check_for_backend(Sqlite))]
        #[restless(primary_key = username)]
        struct Person { #[restless(rename = "number")] serial: i32, username: String }
    }
}

#[test]
fn a_key_can_be_read_only_and_have_a_default() {
    assert_expansion! {
        #[diesel(table_name = person, check_for_backend(Sqlite))]
        struct Person { #[restless(read_only, default = Uuid::new_v4)] id: Uuid }
    }
}

#[test]
fn doc_comments_are_kept() {
    assert_expansion! {
        /// A person.
        ///
        /// Not a "legal" one.
        #[diesel(table_name = person, check_for_backend(Sqlite))]
        struct Person {
            id: i32,
            /// Full name.
            name: String,
        }
    }
}

#[test]
fn defaults_are_bound_to_their_column() {
    assert_expansion! {
        #[diesel(table_name = person, check_for_backend(Sqlite))]
        struct Person {
            id: i32,
            #[restless(default = now)] created: i64,
            #[restless(default = "names::anonymous")] name: String,
        }
    }
}

#[test]
fn functions_of_the_users_become_a_strategy() {
    assert_expansion! {
        #[diesel(table_name = person, check_for_backend(Sqlite))]
        struct Person {
            id: i32,
            #[restless(serialize_with = hex::write, deserialize_with = "hex::read")] colour: i32,
            #[restless(serialize_with = hex::write)] shade: i32,
            #[restless(read_only, serialize_with = hex::write)] shown: Opaque,
            #[restless(write_only, deserialize_with = hex::read)] sent: Opaque,
        }
    }
}

#[test]
fn serde_speaks_where_restless_is_silent() {
    assert_expansion! {
        #[diesel(table_name = person, check_for_backend(Sqlite))]
        #[serde(rename_all = "camelCase", default)]
        struct Person {
            id: i32,
            #[serde(skip)] password_hash: String,
            #[serde(skip_serializing, default = "token")] access_token: String,
            #[serde(skip_deserializing, rename = "since")] created: i64,
            #[serde(with = "hex", default)] colour: i32,
            #[serde(skip_serializing_if = "Option::is_none")] note: Option<String>,
        }
    }
}

#[test]
fn a_struct_without_a_key_asks_its_table() {
    assert_expansion! {
        #[diesel(table_name = person, check_for_backend(Sqlite))]
        struct Person { username: String }
    }
}

#[test]
fn belongs_to() {
    assert_expansion! {
        #[diesel(table_name = computer, check_for_backend(Sqlite))]
        #[diesel(belongs_to(Person, foreign_key = owner_id), belongs_to(crate::models::Room))]
        #[restless(belongs_to(owner: Person), belongs_to(room: models::Room, rename = "place", read_only, no_include))]
        #[restless(belongs_to(part_of: Self, foreign_key = whole))]
        struct Computer { id: i32, owner_id: i32, #[diesel(column_name = whole)] owner: Option<i32> }
    }
}

#[test]
fn has_one() {
    assert_expansion! {
        #[diesel(table_name = person, check_for_backend(Sqlite))]
        #[restless(has_one(profile: Profile, foreign_key = schema::profile::person_id, on_delete = "restrict"))]
        struct Person { id: i32 }
    }
}

#[test]
fn has_many() {
    assert_expansion! {
        #[diesel(table_name = person, check_for_backend(Sqlite))]
        #[restless(rename_all = "camelCase")]
        #[restless(has_many(all_computers: Computer, foreign_key = computer::owner_id, on_delete = "set_null"))]
        #[restless(has_many(reports: Self, foreign_key = person::manager_id, read_only))]
        struct Person { id: i32 }
    }
}

#[test]
fn many_to_many() {
    assert_expansion! {
        #[diesel(table_name = article, check_for_backend(Sqlite))]
        #[restless(many_to_many(
            tags: Tag, through = schema::article_tag, foreign_key = article_id, target_key = tag_id,
            read_only, no_include, on_delete = "cascade"
        ))]
        #[restless(allow_to_many_replacement, allow_delete_from_to_many_relationships)]
        struct Article { id: i32 }
    }
}

#[test]
fn include() {
    assert_expansion! {
        #[diesel(table_name = article, check_for_backend(Sqlite))]
        #[restless(belongs_to(author: Person, foreign_key = author_id, rename = "writer"))]
        #[restless(has_many(comments: Comment, foreign_key = comment::article_id))]
        #[restless(include(author, comments.author.r#type), max_include_depth = 4)]
        struct Article { id: i32 }
    }
}

#[test]
fn primary_key_with_relations() {
    assert_expansion! {
        #[diesel(table_name = person, check_for_backend(Sqlite))]
        #[restless(primary_key = username)]
        #[restless(has_many(computers: Computer, foreign_key = computer::owner_id))]
        struct Person { #[restless(skip)] id: i64, username: String }
    }
}

#[test]
fn the_core_is_found_where_the_user_says() {
    assert_expansion! {
        #[diesel(table_name = person, check_for_backend(Sqlite))]
        #[restless(crate = "::web::rest")]
        struct Person { id: i32 }
    }
}

#[test]
fn a_mistake_leaves_a_stub() {
    assert_expansion! {
        #[restless(pagesize = 20)]
        struct Person { id: i32 }
    }
}

#[test]
fn a_generic_type_leaves_no_stub() {
    assert_expansion! {
        struct Person<T> { id: T }
    }
}

/// The expansion as rustfmt would lay it out, inside the core's `for_backends!` too.
fn laid_out(expansion: TokenStream) -> String {
    let file = syn::parse2(with_modules(expansion)).unwrap();
    let text = prettyplease::unparse(&file);
    let text = text.replace("mod for_backends__", "__restless::for_backends! { ").replace("__and__", ", ");
    text.replace("__of {", "; {").replace("\n    }\n};", "\n    } }\n};")
}

/// The tokens with `mod for_backends__sqlite__and__mysql__of { ... }` for `__restless::for_backends! { sqlite, mysql; { ... } }`,
/// which prettyplease can lay out.
fn with_modules(tokens: TokenStream) -> TokenStream {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let mut rest = tokens.as_slice();
    let mut written = TokenStream::new();
    while let [first, others @ ..] = rest {
        if let [_, _, _, TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Group(body), others @ ..] = rest
            && name == "for_backends"
        {
            written.extend(module(body.stream()));
            rest = others;
            continue;
        }
        written.extend([inside(first)]);
        rest = others;
    }
    written
}

/// The module that stands for the body of the macro.
fn module(body: TokenStream) -> TokenStream {
    let tokens: Vec<_> = body.into_iter().collect();
    let (items, names) = tokens.split_last().unwrap();
    let TokenTree::Group(items) = items else { panic!("expected the items") };
    let names = names.iter().filter(|token| matches!(token, TokenTree::Ident(_))).map(ToString::to_string);
    let name = format_ident!("for_backends__{}__of", names.collect::<Vec<_>>().join("__and__"));
    let items = items.stream();
    quote!(mod #name { #items })
}

/// The token, with [`with_modules`] applied inside a block.
fn inside(token: &TokenTree) -> TokenTree {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
            TokenTree::Group(Group::new(Delimiter::Brace, with_modules(group.stream())))
        }
        token => token.clone(),
    }
}
