//! What was mounted for each case.

use restless_actix::Status;
use restless_actix::prelude::*;

use super::models::{self, Article, Checked, Comment, Person, PersonFields, Star, Tag, Touched};
use super::people;
use crate::replay::case::Case;
use crate::server::Server;

const ALL: [Method; 4] = [Method::GET, Method::POST, Method::PATCH, Method::DELETE];

/// A server with the data and the mounts of the case; `None` if it is not known how.
pub fn server(case: &Case) -> Option<Server> {
    let id = case.id.clone();
    let schema = models::schema(&case.data)?;
    Some(Server::start(&schema, move |services| {
        if id == "J62" {
            services.service(people::Person::api_scope());
            services.service(Api::new("/api").resource(people::Article::api()).scope());
        } else {
            services.service(api(&id).scope());
        }
    }))
}

fn api(id: &str) -> Api {
    match id {
        "J10" => of(Person::api().methods(ALL), Article::api()),
        "J13" => of(Person::api(), Article::api().include(["author"])),
        "J15" => of(Person::api().field_access(only_names), Article::api()),
        "J40" => of(Person::api().methods(ALL).allow_client_generated_ids(), Article::api()),
        "J58" | "J60" => all().allow_to_many_replacement().allow_delete_from_to_many_relationships(),
        "J67" => of(Person::api().processor(Elsewhere), Article::api()),
        "J69" => of(Person::api().row_filter(|_| PersonFields::AGE.gt(20)), Article::api()),
        "J71" => of(Person::api().jsonp(), Article::api()),
        "J76" => of(Person::api().methods(ALL).processor(Late), Article::api()),
        "J84" => all().allow_to_many_replacement().allow_delete_from_to_many_relationships().processor(Teapot),
        "J37" | "J42" | "J44" | "J46" | "J48" | "J50" | "J52" | "J54" | "J56" | "J65" => all(),
        _ => of(Person::api(), Article::api()),
    }
}

fn of(people: ResourceApi<Person>, articles: ResourceApi<Article>) -> Api {
    Api::new("/api").resource(people).resource(articles).resource(Comment::api()).resource(Tag::api())
}

fn all() -> Api {
    of(Person::api(), Article::api())
        .resource(Touched::api())
        .resource(Checked::api())
        .resource(Star::api())
        .methods(ALL)
}

/// `only=["name", "articles"]`
fn only_names(_: &Context) -> FieldAccess<Person> {
    let fields = FieldAccess::all().hide(PersonFields::AGE).hide(PersonFields::OTHER).hide(PersonFields::BIRTH_DATE);
    fields.hide(PersonFields::COMMENTS).hide_named("is_minor")
}

/// Leads requests to other resources.
struct Elsewhere;

impl Processor<Person> for Elsewhere {
    async fn before_get_resource(&self, _: &Context, id: &mut String) -> Result<(), Error> {
        "2".clone_into(id);
        Ok(())
    }

    async fn before_get_relation(&self, _: &Context, relation: &mut Relation, _: &mut Query) -> Result<(), Error> {
        "1".clone_into(&mut relation.id);
        relation.set_name("comments");
        Ok(())
    }

    async fn before_get_related_resource(&self, _: &Context, relation: &mut Relation) -> Result<(), Error> {
        "1".clone_into(&mut relation.id);
        relation.set_name("articles");
        relation.member = Some("2".to_owned());
        Ok(())
    }
}

/// Refuses what is created already.
struct Late;

impl Processor<Person> for Late {
    async fn after_post_resource(&self, _: &Context, _: &mut ResponseResources<Person>) -> Result<(), Error> {
        Err(Error::new(Status::INTERNAL_SERVER_ERROR, "late"))
    }
}

/// Refuses everything with an unusual status.
struct Teapot;

impl Teapot {
    fn refuse(name: &'static str) -> Result<(), Error> {
        Err(Error::new(Status::from_code(418).unwrap_or(Status::BAD_REQUEST), name))
    }
}

macro_rules! refusing {
    ($($name:ident($($argument:ty),*);)*) => {
        impl ApiProcessor for Teapot {
            $(async fn $name(&self, _: &Context, $(_: $argument),*) -> Result<(), Error> {
                Self::refuse(stringify!($name))
            })*
        }
    };
}

refusing! {
    before_get_collection(&mut Query);
    before_get_resource(&mut String);
    before_get_relation(&mut Relation, &mut Query);
    before_get_related_resource(&mut Relation);
    before_get_relationship(&mut Relation, &mut Query);
    before_post_resource(&mut Changes<AnyResource>);
    before_patch_resource(&mut String, &mut Changes<AnyResource>);
    before_delete_resource(&mut String, Option<&Row<AnyResource>>);
    before_post_relationship(&mut Relation, &mut Members);
    before_patch_relationship(&mut Relation, &mut Members);
    before_delete_relationship(&mut Relation, &mut Members);
}
