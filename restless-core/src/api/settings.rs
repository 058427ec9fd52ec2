//! What an application may say of an endpoint when it mounts it, of one or of all in an `Api`.

use std::any::Any;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::{Api, ResourceApi};
use crate::Method;
use crate::clause;
use crate::context::Context;
use crate::endpoint::{Columns, Decision, Mount};
use crate::error::ValidationErrors;
use crate::processor::{Changes, Check as _};
use crate::resource_type::{Count, Format, Limits, Model};
use crate::typed::{FieldAccess, FieldRules, Filter};

/// One method per setting, on a resource and on an `Api`. What is said of a resource counts before what is said of its
/// `Api`, and that before what the model's attributes say.
macro_rules! settings {
    ($($(#[$about:meta])* $name:ident($($argument:ident: $type:ty)?) => |$mount:ident| $change:expr;)*) => {
        impl<M: Model> ResourceApi<M> {
            $(
                $(#[$about])*
                #[must_use]
                pub fn $name(self, $($argument: $type)?) -> Self {
                    self.change(move |$mount| $change)
                }
            )*
        }

        /// Settings of every resource, unless it has one of its own.
        impl Api {
            $(
                $(#[$about])*
                #[must_use]
                pub fn $name(self, $($argument: $type)?) -> Self {
                    self.change(move |$mount| $change)
                }
            )*
        }
    };
}

settings! {
    /// The number of resources on a page when the client names none; 0 means that only the client's word paginates.
    page_size(size: u32) => |mount| mount.page_size = size;
    /// The greatest number of resources on a page; 0 means that there is no maximum.
    max_page_size(size: u32) => |mount| mount.max_page_size = size;
    /// The number of resources on a page of related resources or of a relationship's members, when the client names none: by
    /// default as many as there may be, so that a client that replaces the members has seen them all; in the classic format as
    /// many as on one of the collection. 0 means that only the client's word paginates.
    related_page_size(size: u32) => |mount| mount.related_page_size = Some(size);
    /// The status where a value in a body is not valid, in both formats: 400, or 422 for clients that take nothing else as
    /// that.
    validation_status(status: u16) => |mount| mount.validation_status = status;
    /// Whether a collection tells `meta.total`.
    count(count: Count) => |mount| mount.count = count;
    /// How many relationships a path of `include` may have.
    max_include_depth(depth: u32) => |mount| mount.max_include_depth = depth;
    /// Bounds what a client may ask at once in filters, sort keys, functions and bodies.
    limits(limits: Limits) => |mount| mount.limits = limits;
    /// The greatest number of bytes of a body; more is 413. 2 MiB unless it is said otherwise.
    max_body_size(bytes: usize) => |mount| mount.transfer.max_body_size = bytes;
    /// How long a body may take from its headers to its end; longer is 408, and so is next to nothing for a third of it. 30 s
    /// unless it is said otherwise.
    body_timeout(timeout: Duration) => |mount| mount.transfer.body_timeout = timeout;
    /// How long a client may take nothing of a large answer before it is given up. 30 s unless it is said otherwise.
    answer_timeout(timeout: Duration) => |mount| mount.transfer.answer_timeout = timeout;
    /// Lets clients choose the ids of what they create.
    allow_client_generated_ids() => |mount| mount.allow_client_generated_ids = true;
    /// Lets clients replace all members of a to-many relationship at once.
    allow_to_many_replacement() => |mount| mount.allow_to_many_replacement = true;
    /// Lets clients remove members from a to-many relationship.
    allow_delete_from_to_many_relationships() => |mount| mount.allow_delete_from_to_many_relationships = true;
    /// Lets clients evaluate aggregate functions at `<prefix>/eval/<collection>`.
    allow_functions() => |mount| mount.allow_functions = true;
    /// Lets clients of the classic format update the resources of the collection all at once.
    allow_patch_many() => |mount| mount.allow_patch_many = true;
    /// Lets clients of the classic format delete the resources of the collection all at once.
    allow_delete_many() => |mount| mount.allow_delete_many = true;
    /// What Flask-Restless 0.17 calls [`page_size`](Self::page_size).
    results_per_page(size: u32) => |mount| mount.page_size = size;
    /// What Flask-Restless 0.17 calls [`max_page_size`](Self::max_page_size). In the classic format 0 means that there are no
    /// pages.
    max_results_per_page(size: u32) => |mount| mount.max_page_size = size;
    /// Gives answers as JSONP to clients that name a function, `callback=receive`. Pages of any origin can read those, with
    /// the cookies of whoever looks at them.
    jsonp() => |mount| mount.jsonp = true;
    /// Ignores what a client sends of attributes and relationships that it may not write, so that what it has fetched can be
    /// sent back as it is; else that is 403.
    ignore_read_only() => |mount| mount.ignore_read_only = true;
}

impl<M: Model> ResourceApi<M> {
    /// Rows outside of the filter do not exist for the client; it may depend on who asks. It stands in the place of the
    /// model's own `row_filter`.
    ///
    /// ```
    /// use restless_core::{Context, Field, Filter, Model, Nullable, ResourceApi};
    /// # fn mount<Article: Model>(articles: ResourceApi<Article>) -> ResourceApi<Article> {
    /// // What the derive writes as `ArticleFields::OWNER`.
    /// let owner: Field<Article, String> = Field::named("owner");
    /// articles.row_filter(move |context: &Context| owner.eq(context.header("x-user").unwrap_or_default()))
    /// # }
    /// ```
    #[must_use]
    pub fn row_filter(self, rule: impl Fn(&Context) -> Filter<M> + Send + Sync + 'static) -> Self {
        let rule = Decision(Arc::new(move |context| match context.downcast_ref::<Context>() {
            Some(context) => rule(context).into_clause(),
            None => clause::NOTHING.clone(),
        }));
        self.change(move |mount| mount.row_filter = Some(rule.clone()))
    }

    /// What a client may know of the fields, and write of them, depends on who asks. It stands in the place of the model's
    /// own `field_access`.
    ///
    /// ```
    /// use restless_core::{Context, Field, FieldAccess, Model, ResourceApi};
    /// # fn mount<Person: Model>(people: ResourceApi<Person>) -> ResourceApi<Person> {
    /// // What the derive writes as `PersonFields::SALARY`.
    /// let salary: Field<Person, f64> = Field::named("salary");
    /// people.field_access(move |context: &Context| match context.header("x-role") {
    ///     Some("manager") => FieldAccess::all(),
    ///     _ => FieldAccess::all().hide(salary),
    /// })
    /// # }
    /// ```
    #[must_use]
    pub fn field_access(self, rule: impl Fn(&Context) -> FieldAccess<M> + Send + Sync + 'static) -> Self {
        let rule = Decision(Arc::new(move |context: &dyn Any| match context.downcast_ref::<Context>() {
            Some(context) => rule(context).into_rules(),
            None => FieldRules::closed(),
        }));
        self.change(move |mount| mount.field_access = Some(rule.clone()))
    }

    /// Lets a function look at what a client sends before it is written; it stands in the place of the model's own
    /// `validate`. What it finds wrong is told together with what does not fit.
    ///
    /// ```
    /// use restless_core::{Changes, Field, Model, ResourceApi, ValidationErrors};
    /// # fn mount<Person: Model>(people: ResourceApi<Person>) -> ResourceApi<Person> {
    /// // What the derive writes as `PersonFields::AGE`.
    /// let age: Field<Person, i32> = Field::named("age");
    /// people.validate(move |changes: &Changes<Person>| match changes.get(age) {
    ///     Some(age) if age < 18 => Err(ValidationErrors::new().with("age", "must be at least 18")),
    ///     _ => Ok(()),
    /// })
    /// # }
    /// ```
    #[must_use]
    pub fn validate(self, check: impl Fn(&Changes<M>) -> Result<(), ValidationErrors> + Send + Sync + 'static) -> Self {
        let check = Decision(Arc::new(move |shown: &dyn Any| check.look(shown)));
        self.change(move |mount| mount.validate = Some(check.clone()))
    }

    /// The same for a function that looks at the request as well.
    ///
    /// ```
    /// use restless_core::{Changes, Context, Field, Model, ResourceApi, ValidationErrors};
    /// # fn mount<Person: Model>(people: ResourceApi<Person>) -> ResourceApi<Person> {
    /// // What the derive writes as `PersonFields::AGE`.
    /// let age: Field<Person, i32> = Field::named("age");
    /// people.validate_with_context(move |context: &Context, changes: &Changes<Person>| {
    ///     let is_minor = changes.get(age).is_some_and(|age| age < 18);
    ///     if is_minor && context.header("x-role") != Some("guardian") {
    ///         return Err(ValidationErrors::new().with("age", "must be at least 18"));
    ///     }
    ///     Ok(())
    /// })
    /// # }
    /// ```
    #[must_use]
    pub fn validate_with_context(
        self,
        check: impl Fn(&Context, &Changes<M>) -> Result<(), ValidationErrors> + Send + Sync + 'static,
    ) -> Self {
        let check = Decision(Arc::new(move |shown: &dyn Any| check.look(shown)));
        self.change(move |mount| mount.validate = Some(check.clone()))
    }

    /// How resources travel where the client names no format: [`Format::Classic`] or [`Format::JsonApi`], or `"classic"` or
    /// `"json_api"`.
    ///
    /// ```
    /// use restless_core::{Format, Model, ResourceApi};
    /// # fn mount<Person: Model>(people: ResourceApi<Person>) -> ResourceApi<Person> {
    /// people.default_format(Format::Classic)
    /// # }
    /// ```
    #[must_use]
    pub fn default_format<F>(self, format: F) -> Self
    where
        F: TryInto<Format>,
        F::Error: fmt::Display,
    {
        let format = read_format(format, "default_format");
        self.change(move |mount| set_format(mount, &format))
    }

    /// How resources can travel: in [`Format::Classic`], in [`Format::JsonApi`], or in both unless it is said otherwise. The
    /// media type of the other one is answered with 406 where it is accepted and with 415 where it is sent.
    ///
    /// ```
    /// use restless_core::{Format, Model, ResourceApi};
    /// # fn mount<Person: Model>(people: ResourceApi<Person>) -> ResourceApi<Person> {
    /// people.formats([Format::JsonApi])
    /// # }
    /// ```
    #[must_use]
    pub fn formats<F>(self, formats: impl IntoIterator<Item = F>) -> Self
    where
        F: TryInto<Format>,
        F::Error: fmt::Display,
    {
        let formats = read_formats(formats);
        self.change(move |mount| set_formats(mount, &formats))
    }

    /// Shows these columns, relations and computed attributes and no others, on every way to the resources and in both
    /// formats. What is not shown can be neither filtered nor sorted by; columns can be written all the same. A name with a
    /// dot is that of a related resource's column, wherever it is reached by way of this resource.
    ///
    /// ```
    /// use restless_core::{Model, ResourceApi};
    /// # fn mount<Person: Model>(people: ResourceApi<Person>) -> ResourceApi<Person> {
    /// people.include_columns(["id", "name", "computers", "computers.vendor"])
    /// # }
    /// ```
    #[must_use]
    pub fn include_columns<N: Into<String>>(self, names: impl IntoIterator<Item = N>) -> Self {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        self.change_columns(move |columns| columns.included = Some(names.clone()))
    }

    /// Shows everything but these, as [`include_columns`](Self::include_columns) shows some alone.
    ///
    /// ```
    /// use restless_core::{Model, ResourceApi};
    /// # fn mount<Person: Model>(people: ResourceApi<Person>) -> ResourceApi<Person> {
    /// people.exclude_columns(["password", "computers.vendor"])
    /// # }
    /// ```
    #[must_use]
    pub fn exclude_columns<N: Into<String>>(self, names: impl IntoIterator<Item = N>) -> Self {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        self.change_columns(move |columns| columns.excluded.clone_from(&names))
    }

    /// Shows these computed attributes besides what [`include_columns`](Self::include_columns) names; without that they are
    /// shown anyway.
    ///
    /// ```
    /// use restless_core::{Model, ResourceApi};
    /// # fn mount<Person: Model>(people: ResourceApi<Person>) -> ResourceApi<Person> {
    /// people.include_columns(["id", "name"]).include_methods(["name_and_age"])
    /// # }
    /// ```
    #[must_use]
    pub fn include_methods<N: Into<String>>(self, names: impl IntoIterator<Item = N>) -> Self {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        self.change_columns(move |columns| columns.methods.clone_from(&names))
    }

    fn change_columns(self, change: impl Fn(&mut Columns) + Send + Sync + 'static) -> Self {
        self.change(move |mount| mount.own_columns().into_iter().for_each(&change))
    }

    /// Mounts the collection under another path, such as `/api/v2`; may be empty.
    #[must_use]
    pub fn prefix(self, prefix: impl Into<String>) -> Self {
        let prefix = prefix.into();
        self.change(move |mount| mount.prefix.clone_from(&prefix))
    }

    /// Gives the collection and its resources another name in URLs and documents.
    #[must_use]
    pub fn collection_name(self, name: impl Into<String>) -> Self {
        let name = name.into();
        self.change(move |mount| mount.collection_name.clone_from(&name))
    }

    /// Answers these methods and no other.
    #[must_use]
    pub fn methods(self, methods: impl IntoIterator<Item = Method>) -> Self {
        let methods: Vec<Method> = methods.into_iter().collect();
        self.change(move |mount| mount.methods.clone_from(&methods))
    }

    /// Says which mount of a model a relationship leads to, where there are several: by its collection's name or, outside
    /// of an `Api`, also by its path, such as `/api/v2/tickets`. The rules and settings of that mount hold on the way. A name
    /// that nothing has, and a relationship that could lead to several mounts of which none is named, end the program at
    /// its start.
    ///
    /// ```
    /// use restless_core::{Api, Model, ResourceApi};
    /// # fn mount<Person: Model, Ticket: Model>(
    /// #     people: ResourceApi<Person>, my_tickets: ResourceApi<Ticket>, all_tickets: ResourceApi<Ticket>,
    /// # ) -> Api {
    /// Api::new("/api")
    ///     .resource(people.relation("tickets", "my_tickets"))
    ///     .resource(my_tickets.collection_name("my_tickets"))
    ///     .resource(all_tickets.collection_name("all_tickets"))
    /// # }
    /// ```
    #[must_use]
    pub fn relation(self, relationship: impl Into<String>, mount: impl Into<String>) -> Self {
        let named = (relationship.into(), mount.into());
        self.change(move |mount| mount.relations.push(named.clone()))
    }

    /// Includes these paths when the client does not say `include`.
    #[must_use]
    pub fn include<P: Into<String>>(self, paths: impl IntoIterator<Item = P>) -> Self {
        let paths: Vec<String> = paths.into_iter().map(Into::into).collect();
        self.change(move |mount| mount.include.clone_from(&paths))
    }
}

/// What a format is called, for a setting.
fn read_format<F>(format: F, setting: &str) -> Result<Format, String>
where
    F: TryInto<Format>,
    F::Error: fmt::Display,
{
    format.try_into().map_err(|error| format!("{setting}: {error}"))
}

fn read_formats<F>(formats: impl IntoIterator<Item = F>) -> Result<Vec<Format>, String>
where
    F: TryInto<Format>,
    F::Error: fmt::Display,
{
    formats.into_iter().map(|format| read_format(format, "formats")).collect()
}

fn set_format(mount: &mut Mount, format: &Result<Format, String>) {
    match format {
        Ok(format) => mount.default_format = Some(*format),
        Err(mistake) => mount.mistakes.push(mistake.clone()),
    }
}

fn set_formats(mount: &mut Mount, formats: &Result<Vec<Format>, String>) {
    match formats {
        Ok(formats) => mount.formats.clone_from(formats),
        Err(mistake) => mount.mistakes.push(mistake.clone()),
    }
}

impl Api {
    /// How resources travel where the client names no format; see [`ResourceApi::default_format`].
    #[must_use]
    pub fn default_format<F>(self, format: F) -> Self
    where
        F: TryInto<Format>,
        F::Error: fmt::Display,
    {
        let format = read_format(format, "default_format");
        self.change(move |mount| set_format(mount, &format))
    }

    /// How resources can travel; see [`ResourceApi::formats`].
    #[must_use]
    pub fn formats<F>(self, formats: impl IntoIterator<Item = F>) -> Self
    where
        F: TryInto<Format>,
        F::Error: fmt::Display,
    {
        let formats = read_formats(formats);
        self.change(move |mount| set_formats(mount, &formats))
    }

    /// Answers these methods and no other, for every resource that names none of its own.
    #[must_use]
    pub fn methods(self, methods: impl IntoIterator<Item = Method>) -> Self {
        let methods: Vec<Method> = methods.into_iter().collect();
        self.change(move |mount| mount.methods.clone_from(&methods))
    }
}
