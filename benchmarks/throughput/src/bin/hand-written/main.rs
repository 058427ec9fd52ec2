//! The server that restless is measured against: the same answers, written by hand with actix-web, Diesel and serde.

mod collection;
mod create;
mod document;
mod failure;
mod model;
mod pool;
mod resource;
mod update;

use actix_web::{App, HttpServer, web};
use throughput::served;

use crate::document::MEDIA_TYPE;

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pool = pool::open(&served::database_url()?)?;
    let server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(pool.clone()))
            .app_data(web::JsonConfig::default().content_type(|found| found.essence_str() == MEDIA_TYPE))
            .service(collection::fetch)
            .service(resource::fetch)
            .service(create::create)
            .service(update::update)
    });
    let server = server.workers(served::WORKERS).bind("127.0.0.1:0")?;
    served::announce(&server.addrs());
    server.run().await?;
    Ok(())
}
