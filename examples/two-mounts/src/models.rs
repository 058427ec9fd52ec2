//! Products, as everybody sees them and as their editors do.

use diesel::prelude::*;
use restless_actix::ResourceApi;
use restless_actix::prelude::*;

use crate::schema::product;

/// Something to be sold, once it is published.
///
/// The attributes describe the complete endpoint; a mount may take something away.
#[derive(Queryable, Selectable, Identifiable, Restless)]
#[diesel(table_name = product)]
#[restless(methods(GET, POST, PATCH, DELETE))]
pub struct Product {
    pub id: i32,
    pub name: String,
    pub is_published: bool,
}

/// The endpoint for everybody: to be read only, in small pages, and without what is not published.
pub fn public() -> ResourceApi<Product> {
    Product::api()
        .prefix("/public")
        .methods([Method::GET])
        .page_size(2)
        .max_page_size(10)
        .row_filter(|_| ProductFields::IS_PUBLISHED.eq(true))
}
