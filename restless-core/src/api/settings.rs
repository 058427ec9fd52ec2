//! What an application may say of an endpoint when it mounts it, of one or of all in an `Api`.

use std::any::Any;
use std::borrow::Cow;
use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;

use super::{Api, ResourceApi};
use crate::Method;
use crate::clause;
use crate::context::Context;
use crate::endpoint::{Columns, Decision, Mount};
use crate::error::ValidationErrors;
use crate::processor::{Changes, Check as _};
use crate::resource_type::{Count, Format, Limits, Model, Paths, Settings};
use crate::typed::{FieldAccess, FieldRules, Filter};

/// The method that gives a setting of some kind.
macro_rules! method {
    ($about:tt $name:ident Flag) => { method!(@ $about $name() Ok(true)); };
    ($about:tt $name:ident Size) => { method!(@ $about $name(size: u32) Ok(size)); };
    ($about:tt $name:ident OptionalSize) => { method!(@ $about $name(size: u32) Ok(Some(size))); };
    ($about:tt $name:ident Depth) => { method!(@ $about $name(depth: u32) Ok(depth)); };
    ($about:tt $name:ident Status) => { method!(@ $about $name(status: u16) Ok(status)); };
    ($about:tt $name:ident Count) => { method!(@ $about $name(count: Count) Ok(count)); };
    ($about:tt $name:ident Name) => { method!(@ $about $name(name: impl Into<String>) Ok(Cow::Owned(name.into()))); };
    ($about:tt $name:ident Text) => { method!(@ $about $name(text: impl Into<String>) Ok(Cow::Owned(text.into()))); };
    ($about:tt $name:ident Methods) => {
        method!(@ $about $name(methods: impl IntoIterator<Item = Method>) Ok(methods.into_iter().collect()));
    };
    ($about:tt $name:ident Paths) => {
        method!(@ $about $name(paths: impl IntoIterator<Item = impl Into<String>>) Ok(Paths::Given(texts(paths))));
    };
    ([$($about:tt)*] $name:ident Format) => {
        method!(@ [
            $($about)*
            ///
            /// ```
            /// use restless_core::{Api, Format};
            /// let (one, other) = (Api::new("/api").default_format(Format::Classic), Api::new("/api").default_format("classic"));
            /// # drop((one, other));
            /// ```
        ] $name(format: impl TryInto<Format, Error: Display>) read_format(format, stringify!($name)).map(Some));
    };
    ([$($about:tt)*] $name:ident Formats) => {
        method!(@ [
            $($about)*
            ///
            /// ```
            /// use restless_core::{Api, Format};
            /// let (one, other) = (Api::new("/api").formats([Format::JsonApi]), Api::new("/api").formats(["json_api"]));
            /// # drop((one, other));
            /// ```
        ] $name(formats: impl IntoIterator<Item = impl TryInto<Format, Error: Display>>) {
            formats.into_iter().map(|format| read_format(format, stringify!($name))).collect()
        });
    };
    (@ [$($about:tt)*] $name:ident($($argument:ident: $type:ty)?) $value:expr) => {
        $($about)*
        #[must_use]
        pub fn $name(self, $($argument: $type)?) -> Self {
            self.change(put($value, |settings| &mut settings.$name))
        }
    };
}

/// The method, where an `Api` can give the setting.
macro_rules! method_of_api {
    ($about:tt $name:ident $kind:ident Api) => { method!($about $name $kind); };
    ($about:tt $name:ident $kind:ident Resource) => {};
}

/// One method for each row of the table of keys that a mount can change. What is said of a resource counts before what is said
/// of its `Api`, and that before what the model's attributes say.
macro_rules! methods {
    (
        settings { $(
            $(#[$about:meta])*
            $name:ident { form: $form:literal, kind: $kind:ident, default: $default:expr, level: $level:ident $($told:tt)* }
        )* }
        $($others:tt)*
    ) => {
        /// What the attributes of a model can give too.
        impl<M: Model> ResourceApi<M> {
            $(method!([$(#[$about])*] $name $kind);)*
        }

        /// Settings of every resource, unless it has one of its own.
        impl Api {
            $(method_of_api!([$(#[$about])*] $name $kind $level);)*
        }
    };
}

restless_settings::table!(methods);

/// What a mount and an `Api` have besides.
macro_rules! further {
    ($($(#[$about:meta])* $name:ident($argument:ident: $type:ty) => |$mount:ident| $change:expr;)*) => {
        impl<M: Model> ResourceApi<M> {
            $(
                $(#[$about])*
                #[must_use]
                pub fn $name(self, $argument: $type) -> Self {
                    self.change(move |$mount| $change)
                }
            )*
        }

        impl Api {
            $(
                $(#[$about])*
                #[must_use]
                pub fn $name(self, $argument: $type) -> Self {
                    self.change(move |$mount| $change)
                }
            )*
        }
    };
}

further! {
    /// Bounds what a client may ask at once in filters, sort keys, functions and bodies.
    limits(limits: Limits) => |mount| mount.limits = limits;
    /// The greatest number of bytes of a body; more is 413. 2 MiB unless it is said otherwise.
    max_body_size(bytes: usize) => |mount| mount.transfer.max_body_size = bytes;
    /// How long a body may take from its headers to its end; longer is 408, and so is next to nothing for a third of it. 30 s
    /// unless it is said otherwise.
    body_timeout(timeout: Duration) => |mount| mount.transfer.body_timeout = timeout;
    /// How long a client may take nothing of a large answer before it is given up. 30 s unless it is said otherwise.
    answer_timeout(timeout: Duration) => |mount| mount.transfer.answer_timeout = timeout;
    /// What Flask-Restless 0.17 calls [`page_size`](Self::page_size).
    results_per_page(size: u32) => |mount| mount.settings.page_size = size;
    /// What Flask-Restless 0.17 calls [`max_page_size`](Self::max_page_size). In the classic format 0 means that there are no
    /// pages.
    max_results_per_page(size: u32) => |mount| mount.settings.max_page_size = size;
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
    /// use restless_core::{Change, Changes, Field, Model, ResourceApi, ValidationErrors};
    /// # fn mount<Person: Model>(people: ResourceApi<Person>) -> ResourceApi<Person> {
    /// // What the derive writes as `PersonFields::AGE`.
    /// let age: Field<Person, i32> = Field::named("age");
    /// people.validate(move |changes: &Changes<Person>| match changes.get(age) {
    ///     Change::Value(age) if age < 18 => Err(ValidationErrors::new().with("age", "must be at least 18")),
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
    ///     let is_minor = changes.get(age).value().is_some_and(|age| age < 18);
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
        let names = texts(names);
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
        let names = texts(names);
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
        let names = texts(names);
        self.change_columns(move |columns| columns.methods.clone_from(&names))
    }

    fn change_columns(self, change: impl Fn(&mut Columns) + Send + Sync + 'static) -> Self {
        self.change(move |mount| mount.own_columns().into_iter().for_each(&change))
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
}

/// Puts a value into its place in the settings of a mount, or notes that it has no meaning.
fn put<T: Clone + Send + Sync + 'static>(
    value: Result<T, String>,
    place: fn(&mut Settings) -> &mut T,
) -> impl Fn(&mut Mount) + Send + Sync + 'static {
    move |mount| match &value {
        Ok(value) => place(&mut mount.settings).clone_from(value),
        Err(mistake) => mount.mistakes.push(mistake.clone()),
    }
}

/// What a format is called, for a setting.
fn read_format(format: impl TryInto<Format, Error: Display>, setting: &str) -> Result<Format, String> {
    format.try_into().map_err(|error| format!("{setting}: {error}"))
}

fn texts(texts: impl IntoIterator<Item = impl Into<String>>) -> Vec<String> {
    texts.into_iter().map(Into::into).collect()
}
