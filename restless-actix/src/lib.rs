//! restless for actix-web: a Diesel model becomes a JSON:API endpoint, which speaks the classic format of Flask-Restless
//! as well.
//!
//! Derive [`Restless`] on a model, mount its [`api_scope`](Mountable::api_scope), and hand a [`Database`] to the
//! application:
//!
//! ```
//! use actix_web::{App, test, web};
//! use diesel::prelude::*;
//! use restless_actix::prelude::*;
//!
//! diesel::table! {
//!     person {
//!         id -> Integer,
//!         name -> Text,
//!     }
//! }
//!
//! #[derive(Queryable, Selectable, Identifiable, Restless)]
//! #[diesel(table_name = person)]
//! struct Person {
//!     id: i32,
//!     name: String,
//! }
//!
//! # #[actix_web::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let database = Database::connect("sqlite::memory:").await?;
//! database
//!     .run(|connection| {
//!         use diesel::connection::SimpleConnection;
//!         connection.batch_execute("CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")
//!     })
//!     .await?;
//! // In the application's own code:
//! let filter = PersonFields::NAME.like("A%").or(PersonFields::ID.gt(100));
//! let people: Page<Person> = Person::fetch().filter(filter).sort("-name").page(1, 20).load(&database).await?;
//! assert_eq!(people.total, 0);
//! assert!(Person::find(&database, 7).await?.is_none());
//!
//! let app = App::new().app_data(web::Data::new(database)).service(Person::api_scope());
//! let app = test::init_service(app).await;
//! let answer = test::call_service(&app, test::TestRequest::get().uri("/api/person").to_request()).await;
//! assert_eq!(answer.status(), 200);
//! # Ok(())
//! # }
//! ```
#![warn(missing_docs)]

mod answer;
mod body;
mod budget;
mod context;
mod handler;
mod neighbourhood;
mod rendering;
mod request;
mod response;
mod scope;
mod start;

pub use context::Extensions;
pub use rendering::{Rendering, refuse};
pub use restless_core::DatabaseConnection;
#[cfg(feature = "mysql")]
pub use restless_core::MysqlConnection;
#[cfg(feature = "postgres")]
pub use restless_core::PostgresConnection;
pub use restless_core::{
    Access, AnyResource, Api, ApiProcessor, Change, Changes, Context, Count, CustomOperator, Database, DatabaseBuilder,
    Deserializer, Error, Errors, Fetch, Fetchable, Field, FieldAccess, Filter, Format, Forwarded, Isolation, Kind,
    Limits, Members, Method, Model, Nullable, OperatorSql, Page, Processor, Query, Relation, Required, ResourceApi,
    ResourceObject, ResponseResources, Row, Serializer, Source, Status, Textual, ToMany, ToOne, ValidationErrors,
    Value,
};
pub use restless_derive::Restless;
pub use scope::{ApiScope, IntoScope, Mountable};

#[doc(hidden)]
pub use restless_core::__private;

/// Everything that a model and its mount need.
pub mod prelude {
    pub use restless_core::{
        AnyResource, Api, ApiProcessor, Change, Changes, Context, Count, CustomOperator, Database, Deserializer, Error,
        Errors, Fetchable, FieldAccess, Filter, Format, Forwarded, Kind, Limits, Members, Method, OperatorSql, Page,
        Processor, Query, Relation, ResourceApi, ResponseResources, Row, Serializer, Source, ValidationErrors,
    };
    pub use restless_derive::Restless;

    pub use crate::context::Extensions;
    pub use crate::scope::{IntoScope, Mountable};
}
