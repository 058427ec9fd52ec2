//! The keys of `#[restless(...)]` on a struct, once: one row for each, from which the derive reads it, the core keeps it,
//! a mount changes it and the documentation lists it.
//!
//! The derive and the core do not know each other, and a published crate holds all of its files. So the table is a crate of
//! its own, which both depend on. It holds nothing but a macro: there is nothing to compile.

#![no_std]

/// Hands the table to a macro: `restless_settings::table!(fields)` is `fields! { settings { … } keys { … } others { … } }`.
///
/// Each row is a key in the order in which a message lists them: its documentation, which stands alone in an editor's hover
/// and in a cell of a table, its name, and
///
/// * `form`: what stands behind the name where it is written well, as a message shows it;
/// * `kind`: the kind of its value, for which each macro has its own types and functions;
/// * `default`: what holds without the key, as the core writes it;
/// * `level`: the widest of what can give it: the attributes of a `Model`, the mount of a `Resource`, or an `Api`;
/// * `told`: the default in words, if the value itself does not say it.
///
/// `settings` are data, which `Settings` of the core keeps; `keys` say something else of a model and have neither a value in
/// `Settings` nor a method that is made from the row; `others` are keys that may be given several times or that say nothing
/// of the model.
#[macro_export]
macro_rules! table {
    ($interpreter:ident) => {
        $interpreter! {
            settings {
                /// The path under which `api_scope()` mounts the collection, such as `/api`; may be empty. An `Api` has its own.
                prefix { form: r#" = "/api""#, kind: Text, default: "/api", level: Resource, told: "`/api`" }
                /// The segment of the URL, and the JSON:API `type` of the resources.
                collection_name { form: r#" = "people""#, kind: Name, default: "", level: Resource, told: "the table's name" }
                /// The methods that are answered; any other is 405 with `Allow`. `PUT` is `PATCH` for clients of the classic
                /// format.
                methods { form: "(GET, POST)", kind: Methods, default: &[Method::GET], level: Api, told: "`GET`" }
                /// The number of resources on a page when the client names none; 0 means that only the client's word
                /// paginates.
                page_size { form: " = 10", kind: Size, default: 10, level: Api }
                /// The greatest number of resources on a page; 0 means that there is no maximum.
                max_page_size { form: " = 100", kind: Size, default: 100, level: Api }
                /// The number of resources on a page of related resources or of a relationship's members, when the client
                /// names none; 0 means that only the client's word paginates. That of the resource with the relationship goes
                /// before that of the related ones. By default as many as there may be, so that a client that replaces the
                /// members has seen them all; in the classic format as many as on a page of the collection.
                related_page_size {
                    form: " = 100", kind: OptionalSize, default: None, level: Api,
                    told: "`max_page_size`, or 0 where `page_size` is 0; in the classic format `page_size`"
                }
                /// The status of errors that say that a value in a body is not valid, in both formats: 400, or 422 for clients
                /// that take nothing else as that. They are those titled "Validation error" and "Invalid value".
                validation_status { form: " = 422", kind: Status, default: 400, level: Api }
                /// The total that a collection tells in `meta.total`: `exact`, or `none`, which saves the statement that counts.
                count { form: "(none)", kind: Count, default: Count::Exact, level: Api, told: "`exact`" }
                /// Lets clients choose the `id` of what they create; else that is 403.
                allow_client_generated_ids { form: "", kind: Flag, default: false, level: Api }
                /// Lets clients replace all members of a to-many relationship at once; else that is 403.
                allow_to_many_replacement { form: "", kind: Flag, default: false, level: Api }
                /// Lets clients remove members from a to-many relationship; else that is 403.
                allow_delete_from_to_many_relationships { form: "", kind: Flag, default: false, level: Api }
                /// Lets clients evaluate aggregate functions at `GET <prefix>/eval/<collection>`.
                allow_functions { form: "", kind: Flag, default: false, level: Api }
                /// Lets clients of the classic format update whatever a search finds, by `PATCH` on the collection.
                allow_patch_many { form: "", kind: Flag, default: false, level: Api }
                /// Lets clients of the classic format delete whatever a search finds, by `DELETE` on the collection.
                allow_delete_many { form: "", kind: Flag, default: false, level: Api }
                /// Ignores what a client sends of attributes and relationships that it may not write (`read_only`, `computed`,
                /// in PATCH `create_only`, read-only relations, whatever a field rule locks), so that what it has fetched can
                /// be sent back as it is; else that is 403.
                ignore_read_only { form: "", kind: Flag, default: false, level: Api }
                /// Gives answers as JSONP to clients that name a function, `callback=receive`. Pages of any origin can read
                /// those, with the cookies of whoever looks at them.
                jsonp { form: "", kind: Flag, default: false, level: Api }
                /// The relationships that are included when the client does not say `include`.
                include { form: "(author, comments.author)", kind: Paths, default: &[], level: Resource, told: "none" }
                /// The number of relationships that a path of `include` may have.
                max_include_depth { form: " = 3", kind: Depth, default: 3, level: Api }
                /// The format in which resources travel where the client names none: `"json_api"` or `"classic"`.
                default_format {
                    form: r#" = "classic""#, kind: Format, default: None, level: Api,
                    told: "`\"json_api\"`, if it is among the formats"
                }
                /// The formats in which resources can travel at all: `json_api`, `classic`, or both. The media type of the
                /// other one is answered with 406 where it is accepted and with 415 where it is sent.
                formats {
                    form: "(json_api)", kind: Formats, default: &[Format::JsonApi, Format::Classic], level: Api, told: "both"
                }
            }
            keys {
                /// The field whose column is the `id`: any unique one of an integer, text or UUID type, but no part of a key of
                /// several columns. Where one database is open and has the table, a column that is not unique ends the program
                /// when the model is mounted; whatever is known at the start, a write by an id that several rows have is rolled
                /// back and answered 409.
                primary_key {
                    form: " = username", kind: PrimaryKey, level: Model,
                    told: "Diesel's primary key, which has to be that of `table!`"
                }
                /// The spelling of names on the wire, in serde's words.
                rename_all { form: r#" = "camelCase""#, kind: Case, level: Model, told: "as written" }
                /// The row filter, `fn(&Context) -> Filter<Self>`: rows outside of it do not exist for the client.
                /// `Filter::diesel` takes an expression of Diesel's.
                row_filter { form: " = path::to::function", kind: Function, level: Resource, told: "all rows" }
                /// The field access, `fn(&Context) -> FieldAccess<Self>`: the fields and relationships that this client sees,
                /// and those that it may write.
                field_access { form: " = path::to::function", kind: Function, level: Resource, told: "all" }
                /// The validation before every write, `fn(&Changes<Self>) -> Result<(), ValidationErrors>`; a function with
                /// `&Context` before the changes knows the request, too.
                validate { form: " = path::to::function", kind: Function, level: Resource, told: "none" }
                /// The methods, `fn(&self) -> impl Serialize`, that are shown as attributes that nobody writes.
                computed { form: "(full_name, initials)", kind: Getters, level: Model, told: "none" }
                /// The type, an `impl Serializer<Self>`, that makes the attributes in the place of the fields.
                serializer { form: " = path::to::Type", kind: Type, level: Model, told: "the fields" }
                /// The type, an `impl Deserializer<Self>`, that makes attributes of the model of what a client sends.
                deserializer { form: " = path::to::Type", kind: Type, level: Model, told: "as sent" }
                /// The values whose types implement `Processor<Self>`, in order; a mount adds to them with `processor`.
                processors { form: "(RequireToken, Audit)", kind: Values, level: Model, told: "none" }
            }
            others {
                /// A relationship to one other resource, which a column of this table names; `foreign_key` may be left out where
                /// `#[diesel(belongs_to)]` says it.
                belongs_to { form: "(owner: Person, foreign_key = owner_id)", kind: BelongsTo, level: Model, told: "" }
                /// A relationship to one other resource at the most, whose column names this one.
                has_one { form: "(profile: Profile, foreign_key = profile::person_id)", kind: HasOne, level: Model, told: "" }
                /// A relationship to those whose column names this one.
                has_many { form: "(computers: Computer, foreign_key = computer::owner_id)", kind: HasMany, level: Model, told: "" }
                /// A relationship to those that a join table names together with this one.
                many_to_many {
                    form: "(tags: Tag, through = article_tag, foreign_key = article_id, target_key = tag_id)",
                    kind: ManyToMany, level: Model, told: ""
                }
                /// The path where generated code finds restless.
                crate { form: r#" = "::restless_actix""#, kind: Dependency, level: Model, told: "the dependency in the manifest" }
            }
        }
    };
}
