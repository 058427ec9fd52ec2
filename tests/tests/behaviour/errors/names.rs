//! Errors name nothing that the client may not know of, and count no rows that do not exist for it.

use diesel::prelude::*;
use restless_actix::prelude::*;
use serde_json::json;

use crate::expected::error;
use crate::server::Server;

diesel::table! {
    keeper (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    safe (id) {
        id -> Integer,
        keeper_id -> Nullable<Integer>,
    }
}

diesel::table! {
    letter (id) {
        id -> Integer,
        keeper_id -> Nullable<Integer>,
    }
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = keeper)]
#[restless(methods(GET, POST, PATCH, DELETE), field_access = safes_are_for_managers, allow_functions)]
#[restless(has_many(safes: Safe, foreign_key = safe::keeper_id))]
#[restless(has_many(letters: Letter, foreign_key = letter::keeper_id))]
struct Keeper {
    id: i32,
    name: String,
}

fn safes_are_for_managers(context: &Context) -> FieldAccess<Keeper> {
    match context.header("x-role") {
        Some("manager") => FieldAccess::all(),
        _ => FieldAccess::all().hide(KeeperFields::SAFES),
    }
}

/// The same rows, where restless holds back what the database does not.
#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = keeper)]
#[restless(methods(GET, DELETE), collection_name = "guard", field_access = safes_of_guards)]
#[restless(has_many(safes: Safe, foreign_key = safe::keeper_id, on_delete = "restrict"))]
#[restless(has_many(letters: Letter, foreign_key = letter::keeper_id, on_delete = "restrict"))]
struct Guard {
    id: i32,
    name: String,
}

fn safes_of_guards(context: &Context) -> FieldAccess<Guard> {
    match context.header("x-role") {
        Some("manager") => FieldAccess::all(),
        _ => FieldAccess::all().hide(GuardFields::SAFES),
    }
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = safe)]
struct Safe {
    id: i32,
    keeper_id: Option<i32>,
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = letter)]
#[restless(row_filter = but_the_first, belongs_to(keeper: Keeper, foreign_key = keeper_id))]
struct Letter {
    id: i32,
    keeper_id: Option<i32>,
}

fn but_the_first(context: &Context) -> Filter<Letter> {
    match context.header("x-role") {
        Some("manager") => Filter::all([]),
        _ => LetterFields::ID.gt(1),
    }
}

/// The first keeper has a safe, the second the letter that is hidden, the third another letter.
fn server(reference: &str) -> Server {
    let tables = format!(
        "CREATE TABLE keeper (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE safe (id INTEGER PRIMARY KEY, keeper_id INTEGER {reference});
        CREATE TABLE letter (id INTEGER PRIMARY KEY, keeper_id INTEGER {reference});
        INSERT INTO keeper VALUES (1, 'Ann'), (2, 'Bob'), (3, 'Cleo');
        INSERT INTO safe VALUES (1, 1);
        INSERT INTO letter VALUES (1, 2), (2, 3);"
    );
    Server::start(&tables, |services| {
        services.service(Keeper::api_scope()).service(Guard::api_scope());
        services.service(Api::new("/v2").resource(Keeper::api()).scope());
    })
}

#[test]
fn of_resources_in_use() {
    let [by_database, by_restless] = [server("REFERENCES keeper (id)"), server("")];
    let collections = [(&by_database, "/api/keeper"), (&by_database, "/v2/keeper"), (&by_restless, "/api/guard")];
    for (server, keepers) in collections {
        let refusal = |detail: &str| [error(409, "Resource in use", detail)];
        let depend =
            |name: &str| refusal(&format!("{name}: resources of this relationship depend on the one to be deleted"));
        let nameless = refusal("other resources refer to this one");
        server.delete(&format!("{keepers}/1")).refuses(409, &nameless);
        server.delete(&format!("{keepers}/2")).refuses(409, &nameless);
        server.delete(&format!("{keepers}/3")).refuses(409, &depend("letters"));
        let as_manager =
            |id: u8| server.request("DELETE", &format!("{keepers}/{id}")).header("X-Role", "manager").send();
        as_manager(1).refuses(409, &depend("safes"));
        as_manager(2).refuses(409, &depend("letters"));
        let classic = |id: u8| {
            let request = server.request("DELETE", &format!("{keepers}/{id}")).header("Accept", "application/json");
            let answer = request.send_to_anyone();
            (answer.status, answer.body)
        };
        for id in [1, 2] {
            let (status, body) = classic(id);
            assert!(status == 400 && !body.contains("safes") && !body.contains("letters"), "{body}");
        }
        assert!(classic(3).1.contains("letters"));
        assert_eq!(server.line("SELECT name AS value FROM keeper ORDER BY id"), "Ann Bob Cleo");
    }
}

#[test]
fn of_fieldsets() {
    let server = server("");
    for keepers in
        ["/api/keeper", "/v2/keeper", "/api/keeper/1", "/api/keeper/3/letters", "/api/keeper/3/relationships/letters"]
    {
        for asked in ["nope", "safe"] {
            let answer = server.get(&format!("{keepers}?fields[{asked}]=x"));
            let detail = format!("fields[{asked}]: expected fields[keeper] or fields[letter]");
            assert_eq!((answer.status, &answer.json()["errors"][0]["detail"]), (400, &json!(detail)), "{keepers}");
        }
        let as_manager = |query: &str| {
            server.request("GET", &format!("{keepers}?{query}")).header("X-Role", "manager").send_to_anyone()
        };
        let listed = as_manager("fields[nope]=x").json()["errors"][0]["detail"].clone();
        assert_eq!(listed, json!("fields[nope]: expected fields[keeper] or fields[safe] or fields[letter]"));
        assert_eq!(as_manager("fields[safe]=id").status, 200, "{keepers}");
    }
}

#[test]
fn of_whatever_else_has_names() {
    let server = server("");
    let paths = [
        "/api/keeper?include=safes",
        "/api/keeper?include=letters.keeper.safes",
        "/api/keeper?fields[keeper]=safes",
        "/api/keeper?sort=safes",
        "/api/keeper?sort=safes.id",
        "/api/keeper?filter[safes]=1",
        "/api/keeper?filter[safes.id]=1",
        "/api/keeper?filter[objects]=[{%22name%22:%22safes%22,%22op%22:%22is_not_null%22}]",
        "/api/keeper?filter[objects]=[{%22name%22:%22safes__id%22,%22op%22:%22any%22,%22val%22:1}]",
        "/api/keeper?group=safes",
        "/api/keeper/1/safes",
        "/api/keeper/1/relationships/safes",
        "/api/eval/keeper?functions=[{%22name%22:%22count%22,%22field%22:%22safes%22}]",
        "/api/eval/keeper?functions=[{%22name%22:%22count%22,%22field%22:%22id%22}]&group=safes",
        "/api/eval/keeper?functions=[{%22name%22:%22count%22,%22field%22:%22id%22}]&group=safes.id",
        "/api/eval/keeper?functions=[{%22name%22:%22count%22,%22field%22:%22id%22}]&filter[safes.id]=1",
        "/api/keeper?q={%22filters%22:[{%22name%22:%22safes__id%22,%22op%22:%22any%22,%22val%22:1}]}",
        "/api/keeper?q={%22order_by%22:[{%22field%22:%22safes%22}]}",
    ];
    for path in paths {
        let formats = match path {
            path if path.contains("q=") => &["application/json"][..],
            path if path.contains("eval") => &["application/vnd.api+json", "application/json"],
            _ => &["application/vnd.api+json"],
        };
        for format in formats {
            let ask = |path: &str| server.request("GET", path).header("Accept", format).send_to_anyone();
            let (hidden, missing) = (ask(path), ask(&path.replace("safes", "nonsense")));
            assert!(matches!(hidden.status, 400 | 404 | 406), "{path}: {}", hidden.body);
            assert_eq!(hidden.status, missing.status, "{path}");
            assert_eq!(hidden.body.replace("safes", "nonsense"), missing.body, "{path}");
        }
    }
    for body in [json!({"name": "Dora", "safes": []}), json!({"safes": {"add": [{"id": 1}]}})] {
        let send = |body: String| {
            let request = server.request("PATCH", "/api/keeper/1").header("Accept", "application/json");
            request.header("Content-Type", "application/json").body(body).send_to_anyone()
        };
        let (hidden, missing) = (send(body.to_string()), send(body.to_string().replace("safes", "nonsense")));
        assert_eq!((hidden.status, hidden.body.replace("safes", "nonsense")), (missing.status, missing.body));
    }
}
