//! Relations of a model to itself, and circles.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::graph;
use super::shown::{identifier, identifiers, linkage, resource, to_one};
use crate::backends::by_backend;
use crate::expected::document;
use crate::server::Server;

diesel::table! {
    employee (id) {
        id -> Integer,
        name -> Text,
        manager_id -> Nullable<Integer>,
    }
}

#[derive(Restless)]
#[diesel(table_name = employee)]
#[restless(methods(GET, POST, PATCH, DELETE), max_include_depth = 4)]
#[restless(belongs_to(manager: Self, foreign_key = manager_id))]
#[restless(has_many(reports: Employee, foreign_key = employee::manager_id))]
#[restless(allow_to_many_replacement, allow_delete_from_to_many_relationships)]
struct Employee {
    id: i32,
    name: String,
}

/// Ada manages Ben and Cas, Ben manages Dee, and Eve herself.
fn server() -> Server {
    let schema = "
        CREATE TABLE employee (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, manager_id INTEGER REFERENCES employee (id)
        );
        INSERT INTO employee VALUES (1, 'Ada', NULL), (2, 'Ben', 1), (3, 'Cas', 1), (4, 'Dee', 2), (5, 'Eve', 5);
    ";
    Server::start(schema, |services| {
        services.service(Api::new("/api").resource(Employee::api()).scope());
    })
}

const MANAGERS: &str = "SELECT CAST(manager_id AS TEXT) AS value FROM employee ORDER BY id";

fn employee(id: u32, name: &str, manager: Option<u32>) -> Value {
    let relationships = [("manager", Some(to_one("employee", manager))), ("reports", None)];
    resource("employee", &id.to_string(), &json!({"name": name}), &relationships)
}

#[test]
fn lead_both_ways() {
    let server = server();
    server.get("/api/employee/2").is(200, &document("/api/employee/2", &employee(2, "Ben", Some(1))));
    let path = "/api/employee/2/manager";
    server.get(path).is(200, &document(path, &employee(1, "Ada", None)));
    assert_eq!(server.get("/api/employee/1/reports").ids(), "2 3");
    assert_eq!(server.get("/api/employee/1/relationships/reports").ids(), "2 3");
    assert_eq!(server.get("/api/employee/4/reports").ids(), "");
    assert_eq!(server.get("/api/employee/1/manager").data(), Value::Null);
    assert_eq!(server.get("/api/employee/1/reports/3").data()["attributes"]["name"], "Cas");
    assert_eq!(server.get("/api/employee/1/reports/4").status, 404);
}

#[test]
fn lead_to_themselves() {
    let server = server();
    let answer = server.get("/api/employee/5?include=manager,reports").json();
    graph::check(&answer);
    assert_eq!(answer["included"], json!([]));
    assert_eq!(answer["data"]["relationships"]["manager"]["data"], identifier("employee", 5));
    assert_eq!(graph::members(&answer["data"], "reports"), "employee/5");
    assert_eq!(server.get("/api/employee/5/reports").ids(), "5");
    assert_eq!(server.get("/api/employee/5/manager/").status, 404);
    assert_eq!(server.get("/api/employee/5/manager").data()["id"], "5");
}

#[test]
fn include_nobody_twice() {
    let server = server();
    let answer = server.get("/api/employee?include=manager,reports").json();
    graph::check(&answer);
    assert_eq!(answer["included"], json!([]), "everybody is primary data");
    assert_eq!(graph::members(&answer["data"][0], "reports"), "employee/2 employee/3");

    let answer = server.get("/api/employee/4?include=manager.manager.reports.manager").json();
    graph::check(&answer);
    assert_eq!(graph::included(&answer), "employee/1 employee/2 employee/3");
    assert_eq!(graph::members(graph::find(&answer, "employee", "1"), "reports"), "employee/2 employee/3");

    let answer = server.get("/api/employee/1?include=reports.reports").json();
    graph::check(&answer);
    assert_eq!(graph::included(&answer), "employee/2 employee/3 employee/4");
    assert_eq!(graph::members(graph::find(&answer, "employee", "3"), "reports"), "");
}

#[test]
fn are_written_from_either_side() {
    let server = server();
    let path = "/api/employee/4/relationships/manager";
    server.patch(path, &linkage(&identifier("employee", 4))).is_empty(204);
    assert_eq!(server.line(MANAGERS), "null 1 1 4 5");
    let path = "/api/employee/1/relationships/reports";
    server.patch(path, &linkage(&identifiers("employee", &[1, 4]))).is_empty(204);
    assert_eq!(server.line(MANAGERS), "1 null null 1 5");
    server.request("DELETE", path).document(&linkage(&identifiers("employee", &[1, 5]))).send().is_empty(204);
    assert_eq!(server.line(MANAGERS), "null null null 1 5");
    server.post(path, &linkage(&identifiers("employee", &[2, 5]))).is_empty(204);
    assert_eq!(server.line(MANAGERS), "null 1 null 1 1");
}

#[test]
fn are_set_with_both_sides_at_once() {
    let server = server();
    let relationships = json!({
        "manager": {"data": identifier("employee", 1)}, "reports": {"data": identifiers("employee", &[2, 4])},
    });
    let sent = json!({"data": {"type": "employee", "attributes": {"name": "Fay"}, "relationships": relationships}});
    let answer = server.post("/api/employee?include=reports", &sent);
    assert_eq!(answer.status, 201, "{answer:#?}");
    graph::check(&answer.json());
    assert_eq!(graph::members(&answer.data(), "reports"), "employee/2 employee/4");
    assert_eq!(server.line(MANAGERS), "null 6 1 6 5 1");
}

#[test]
fn do_not_hold_back_who_depends_on_nobody_else() {
    let server = server();
    // InnoDB keeps a row that refers to itself.
    assert_eq!(server.delete("/api/employee/5").status, by_backend(204, 204, 409));
    let answer = server.delete("/api/employee/2");
    let detail = "reports: resources of this relationship depend on the one to be deleted";
    answer.refuses(409, &[crate::expected::error(409, "Resource in use", detail)]);
    server.delete("/api/employee/4").is_empty(204);
    server.delete("/api/employee/2").is_empty(204);
}

#[test]
fn of_a_model_mounted_twice_stay_where_they_are() {
    let schema = "CREATE TABLE employee (id INTEGER PRIMARY KEY, name TEXT, manager_id INTEGER);
        INSERT INTO employee VALUES (1, 'Ada', NULL), (2, 'Ben', 1);";
    let twice = Server::start(schema, |services| {
        let staff = Employee::api().collection_name("staff");
        services.service(Api::new("/api").resource(Employee::api()).resource(staff).scope());
    });
    for type_name in ["employee", "staff"] {
        let answer = twice.get(&format!("/api/{type_name}/2?include=manager.reports"));
        graph::check(&answer.json());
        assert_eq!(graph::included(&answer.json()), format!("{type_name}/1"));
        assert_eq!(answer.data()["relationships"]["manager"]["data"]["type"], type_name);
    }
}

mod through {
    use restless_actix::prelude::*;

    use super::{Server, graph, identifiers, linkage};

    diesel::table! {
        member (id) {
            id -> Integer,
        }
    }

    diesel::table! {
        friendship (member_id, friend_id) {
            member_id -> Integer,
            friend_id -> Integer,
        }
    }

    /// Friendship has a direction.
    #[derive(Restless)]
    #[diesel(table_name = member)]
    #[restless(methods(GET, PATCH), allow_to_many_replacement, allow_delete_from_to_many_relationships)]
    #[restless(many_to_many(friends: Self, through = friendship, foreign_key = member_id, target_key = friend_id))]
    #[restless(many_to_many(admirers: Member, through = friendship, foreign_key = friend_id, target_key = member_id))]
    struct Member {
        id: i32,
    }

    #[test]
    fn a_join_table_lead_both_ways() {
        let schema = "
            CREATE TABLE member (id INTEGER PRIMARY KEY);
            CREATE TABLE friendship (member_id INTEGER, friend_id INTEGER, PRIMARY KEY (member_id, friend_id));
            INSERT INTO member VALUES (1), (2), (3);
            INSERT INTO friendship VALUES (1, 2), (2, 3), (3, 3), (1, 3);
        ";
        let server = Server::start(schema, |services| {
            services.service(Api::new("/api").resource(Member::api()).scope());
        });
        assert_eq!(server.get("/api/member/1/friends").ids(), "2 3");
        assert_eq!(server.get("/api/member/3/admirers").ids(), "1 2 3");
        assert_eq!(server.get("/api/member/3/friends/3").status, 200);
        assert_eq!(server.get("/api/member/3/friends/1").status, 404);
        let answer = server.get("/api/member/1?include=friends.admirers").json();
        graph::check(&answer);
        assert_eq!(graph::included(&answer), "member/2 member/3");
        assert_eq!(graph::members(graph::find(&answer, "member", "3"), "admirers"), "member/1 member/2 member/3");
        server.patch("/api/member/3/relationships/admirers", &linkage(&identifiers("member", &[1]))).is_empty(204);
        server.post("/api/member/1/relationships/friends", &linkage(&identifiers("member", &[1]))).is_empty(204);
        let pairs = "SELECT member_id || '-' || friend_id AS value FROM friendship ORDER BY member_id, friend_id";
        assert_eq!(server.line(pairs), "1-1 1-2 1-3");
    }
}

mod folders {
    use restless_actix::prelude::*;
    use serde_json::json;

    use super::{Server, graph, linkage};

    diesel::table! {
        folder (id) {
            id -> Integer,
            name -> Text,
            parent_id -> Nullable<Integer>,
        }
    }

    /// Clients know it by its name, folders within by its number.
    #[derive(Restless)]
    #[diesel(table_name = folder)]
    #[restless(methods(GET, PATCH, DELETE), primary_key = name, belongs_to(parent: Self, foreign_key = parent_id))]
    #[restless(has_many(folders: Folder, foreign_key = folder::parent_id, on_delete = "cascade"))]
    struct Folder {
        #[restless(skip)]
        #[expect(dead_code, reason = "no code of the test reads it")]
        id: i32,
        name: String,
    }

    fn server() -> Server {
        let schema = "
            CREATE TABLE folder (
                id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, parent_id INTEGER REFERENCES folder (id)
            );
            INSERT INTO folder VALUES (7, 'top', NULL), (8, 'home', 7), (9, 'ann', 8), (10, 'etc', 7);
        ";
        Server::start(schema, |services| {
            services.service(Api::new("/api").resource(Folder::api()).scope());
        })
    }

    #[test]
    fn by_what_is_not_the_id_lead_both_ways() {
        let server = server();
        assert_eq!(server.get("/api/folder/top/folders").ids(), "etc home");
        assert_eq!(server.get("/api/folder/ann/parent").data()["id"], "home");
        assert_eq!(server.get("/api/folder/ann/relationships/parent").data(), json!({"type": "folder", "id": "home"}));
        assert_eq!(server.get("/api/folder/top/parent").data(), json!(null));
        let answer = server.get("/api/folder/ann?include=parent.parent.folders").json();
        graph::check(&answer);
        assert_eq!(graph::included(&answer), "folder/etc folder/home folder/top");
        assert_eq!(graph::members(graph::find(&answer, "folder", "top"), "folders"), "folder/etc folder/home");
        let sent = linkage(&json!({"type": "folder", "id": "etc"}));
        server.patch("/api/folder/ann/relationships/parent", &sent).is_empty(204);
        assert_eq!(server.get("/api/folder/etc/folders").ids(), "ann");
    }

    #[test]
    fn by_what_is_not_the_id_cascade() {
        let server = server();
        server.delete("/api/folder/home").is_empty(204);
        assert_eq!(server.get("/api/folder").ids(), "etc top");
        server.delete("/api/folder/top").is_empty(204);
        assert_eq!(server.get("/api/folder").ids(), "");
    }
}
