//! The pages, and the servers that they talk to; what a browser makes of answers is the same on every database.

use actix_cors::Cors;
use actix_web::http::header;
use actix_web::web::{self, ServiceConfig};
use actix_web::{App, HttpResponse, HttpServer, rt};
use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::chromium;
use crate::models::{FIVE, Person, TABLES};
use crate::server::Server;

/// The page; it asks the server that its query string names, or its own.
const PAGE: &str = include_str!("page.html");

fn page() -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(PAGE)
}

/// The same model with either format as its own.
fn mount(services: &mut ServiceConfig) {
    services
        .service(Person::api().prefix("/classic").default_format(Format::Classic).methods(Method::ALL).jsonp().scope());
    services.service(Person::api().prefix("/json_api").methods(Method::ALL).jsonp().scope());
}

/// A server with nothing but the page, which is another origin.
fn elsewhere() -> String {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        rt::System::new().block_on(async move {
            let server = HttpServer::new(|| App::new().default_service(web::to(|| async { page() })));
            let server = server.workers(1).disable_signals().bind(("127.0.0.1", 0)).expect("a free port");
            sender.send(server.addrs()[0]).expect("a test that waits");
            server.run().await.expect("a server that runs until the end");
        });
    });
    format!("http://{}", receiver.recv().expect("a server that starts"))
}

/// What works where the page may ask whatever it wants.
fn everything() -> Value {
    json!({
        "jsonp classic": ["Lincoln", 200, "application/javascript"],
        "jsonp classic list": [5, "/classic/person?page=2&results_per_page=2"],
        "jsonp json_api": ["Lincoln", 200, "1.1"],
        "jsonp of what does not exist": [404, 404],
        "fetch classic": ["application/json", 5, "Lincoln"],
        "fetch json_api": ["application/vnd.api+json", 5, "Lincoln"],
        "search classic": ["Mary", "John"],
        "search json_api": ["Mary", "John"],
        "create classic": [201, "/classic/person/6", "Ann"],
        "create json_api": [201, "/json_api/person/7", "Eve"],
        "update classic": [200, 31],
        "update json_api": [200, 32],
        "put": [200, 33],
        "refused classic": [400, "age"],
        "refused json_api": [400, "/data/attributes/age"],
        "delete": [204, 204],
    })
}

#[test]
fn a_page_reads_and_writes_in_both_formats() {
    let Some(chromium) = chromium::find() else {
        return;
    };
    let server = Server::start(&format!("{TABLES}{FIVE}"), |services| {
        mount(services);
        services.route("/page", web::get().to(|| async { page() }));
    });
    assert_eq!(chromium::visit(&chromium, &format!("http://{}/page", server.address)), everything());
    assert_eq!(server.line("SELECT COUNT(*) AS value FROM person"), "5");
}

#[test]
fn a_page_of_another_origin_does_so_where_it_is_allowed() {
    let Some(chromium) = chromium::find() else {
        return;
    };
    let (allowed, stranger) = (elsewhere(), elsewhere());
    let origin = allowed.clone();
    let server = Server::start(&format!("{TABLES}{FIVE}"), move |services| {
        let cors = Cors::default()
            .allowed_origin(&origin)
            .allowed_methods(["GET", "POST", "PATCH", "PUT", "DELETE"])
            .allowed_headers([header::ACCEPT, header::CONTENT_TYPE])
            .expose_headers([header::LOCATION, header::LINK]);
        services.service(web::scope("").wrap(cors).configure(mount));
    });
    let page = |origin: &str| format!("{origin}/?http://{}", server.address);
    assert_eq!(chromium::visit(&chromium, &page(&allowed)), everything());
    // A stranger reads JSONP, as it always could, and nothing else; what it sends is not even asked for.
    let mut nothing = everything();
    for (name, found) in nothing.as_object_mut().expect("an object") {
        if !name.starts_with("jsonp") {
            *found = json!("TypeError");
        }
    }
    assert_eq!(chromium::visit(&chromium, &page(&stranger)), nothing);
    assert_eq!(server.line("SELECT COUNT(*) AS value FROM person"), "5");
}
