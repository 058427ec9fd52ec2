//! What was mounted for each case.

use actix_web::web::ServiceConfig;
use restless_actix::prelude::*;
use serde_json::json;

use super::models::{self, Computer, Person, PersonFields, Satellite, Star};
use crate::replay::case::Case;
use crate::server::Server;

const ALL: [Method; 4] = [Method::GET, Method::POST, Method::PATCH, Method::DELETE];

/// A server with the data and the mounts of the case; `None` if it is not known how.
pub fn server(case: &Case) -> Option<Server> {
    let id = case.id.clone();
    let schema = models::schema(&case.data)?;
    Some(Server::start(&schema, move |services| mount(&id, services)))
}

fn mount(id: &str, services: &mut ServiceConfig) {
    match id {
        "C51" => {
            services.service(people().results_per_page(0).scope());
            services.service(people().prefix("/n").results_per_page(0).scope());
            services.service(people().prefix("/m").max_results_per_page(0).scope());
        }
        "C54" => {
            let excluded = ["name", "birth_date", "computers.vendor", "computers.buy_date"];
            services.service(people().exclude_columns(excluded).scope());
            services.service(people().prefix("/x").exclude_columns(["computers", "other"]).scope());
        }
        _ => {
            services.service(api(id).default_format(Format::Classic).scope());
        }
    }
}

fn people() -> ResourceApi<Person> {
    Person::api().default_format(Format::Classic)
}

fn api(id: &str) -> Api {
    let every = || Person::api().methods(ALL);
    match id {
        "C28" => of(Person::api().methods([Method::GET, Method::PATCH]).allow_patch_many()),
        "C30" => of(Person::api().methods([Method::GET, Method::DELETE]).allow_delete_many()),
        "C58" => of(Person::api().allow_functions().results_per_page(2)).jsonp(),
        "C60" => of(every().processor(Closed)),
        "C62" => of(every().processor(Changing)),
        "C64" => of(Person::api().row_filter(|_| PersonFields::AGE.gt(20))),
        "C77" => of(Person::api().results_per_page(2)),
        "C07" | "C09" | "C12" | "C14" | "C16" | "C20" | "C24" | "C26" | "C66" | "C71" | "C80" | "C84" => {
            of(every()).resource(Star::api()).resource(Satellite::api()).methods(ALL)
        }
        _ => of(Person::api()),
    }
}

/// The association between computers and programs was seen without a key of its own.
fn of(people: ResourceApi<Person>) -> Api {
    Api::new("/api").resource(people).resource(Computer::api().exclude_columns(["programs.id"]))
}

/// Keeps everybody from reading one and from creating.
struct Closed;

impl Processor<Person> for Closed {
    async fn before_get_resource(&self, _: &Context, _: &mut String) -> Result<(), Error> {
        Err(Error::forbidden("Permission denied"))
    }

    async fn before_post_resource(&self, _: &Context, _: &mut Changes<Person>) -> Result<(), Error> {
        Err(Error::unauthorized("Not authenticated!"))
    }
}

/// Changes what is asked for, what is written and what is answered.
struct Changing;

impl Processor<Person> for Changing {
    async fn before_get_collection(&self, _: &Context, query: &mut Query) -> Result<(), Error> {
        query.filter(PersonFields::ID.in_([1, 3]));
        Ok(())
    }

    async fn after_get_collection(&self, _: &Context, outgoing: &mut ResponseResources<Person>) -> Result<(), Error> {
        outgoing.meta.insert("extra".to_owned(), json!(1));
        Ok(())
    }

    async fn before_post_resource(&self, _: &Context, changes: &mut Changes<Person>) -> Result<(), Error> {
        changes.set(PersonFields::OTHER, 7.0);
        Ok(())
    }

    async fn after_post_resource(&self, _: &Context, outgoing: &mut ResponseResources<Person>) -> Result<(), Error> {
        for resource in &mut outgoing.resources {
            resource.attributes.remove("age");
        }
        Ok(())
    }
}
