//! Many clients that change one relationship at once.

use std::thread;
use std::time::{Duration, Instant};

use fastrand::Rng;
use serde_json::Value;

use super::blog;
use super::shown::{identifiers, linkage};
use crate::server::Server;

const CLIENTS: u64 = 8;
const TAGS: &str = "/api/article/1/relationships/tags";

/// Some of the tags.
fn some(random: &mut Rng) -> Value {
    let ids: Vec<u32> = (1..=12).filter(|_| random.bool()).collect();
    identifiers("tag", &ids)
}

/// Adds and removes for two seconds; gives the number of changes.
fn change(server: &Server, seed: u64) -> u32 {
    let mut random = Rng::with_seed(seed);
    let start = Instant::now();
    let mut changes = 0;
    while start.elapsed() < Duration::from_secs(2) {
        let method = ["POST", "POST", "DELETE", "PATCH"][random.usize(..4)];
        let answer = server.request(method, TAGS).document(&linkage(&some(&mut random))).send();
        answer.is_empty(204);
        changes += 1;
        let ids = server.get(&format!("{TAGS}?page[size]=100")).ids();
        let mut seen: Vec<&str> = ids.split(' ').collect();
        seen.dedup();
        assert_eq!(seen.join(" "), ids, "a member stands twice");
    }
    changes
}

fn hammer(tables: &str) -> Server {
    let tags = blog::each(1..=12, |id| format!("INSERT INTO tag VALUES ({id}, 't{id}');"));
    let server = Server::start(
        &format!("{tables}INSERT INTO article (id, title) VALUES (1, 'a'), (2, 'b');{tags}"),
        blog::mount,
    );
    let changes: u32 = thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|seed| {
                scope.spawn({
                    let server = &server;
                    move || change(server, seed)
                })
            })
            .collect();
        clients.into_iter().map(|client| client.join().expect("a client that is answered")).sum()
    });
    assert!(changes > 8, "{changes} changes");
    server
}

#[test]
fn leaves_no_member_twice_where_only_restless_takes_care() {
    let server = hammer(&blog::TABLES.replace("PRIMARY KEY (article_id, tag_id)", "note TEXT"));
    let pairs = server.values(blog::TAGGED);
    let mut unique = pairs.clone();
    unique.dedup();
    assert_eq!(pairs, unique);
    assert!(pairs.iter().flatten().all(|pair| pair.starts_with("1-")), "{pairs:?}");
}

#[test]
fn leaves_no_half_written_change() {
    let server = hammer(blog::TABLES);
    let dangling = "
        SELECT CAST(COUNT(*) AS TEXT) AS value FROM article_tag
        WHERE article_id NOT IN (SELECT id FROM article) OR tag_id NOT IN (SELECT id FROM tag)
    ";
    assert_eq!(server.line(dangling), "0");
    let last = identifiers("tag", &[2, 5, 7]);
    server.patch(TAGS, &linkage(&last)).is_empty(204);
    assert_eq!(server.line(blog::TAGGED), "1-2 1-5 1-7");
}

/// Replaces all members by one of two lists; whoever reads sees one of them whole.
#[test]
fn shows_every_replacement_whole() {
    let tags = blog::each(1..=40, |id| format!("INSERT INTO tag VALUES ({id}, 't{id}');"));
    let server =
        Server::start(&format!("{}INSERT INTO article (id, title) VALUES (1, 'a');{tags}", blog::TABLES), blog::mount);
    let lists: [Vec<u32>; 2] = [(1..=20).collect(), (21..=40).collect()];
    server.patch(TAGS, &linkage(&identifiers("tag", &lists[0]))).is_empty(204);
    let texts = lists.each_ref().map(|ids| ids.iter().map(u32::to_string).collect::<Vec<_>>().join(" "));
    thread::scope(|scope| {
        for number in 0..CLIENTS {
            let (server, lists, texts) = (&server, &lists, &texts);
            scope.spawn(move || {
                let mut random = Rng::with_seed(number);
                for _ in 0..30 {
                    let sent = linkage(&identifiers("tag", &lists[random.usize(..2)]));
                    server.patch(TAGS, &sent).is_empty(204);
                    let ids = server.get(&format!("{TAGS}?page[size]=100")).ids();
                    assert!(texts.contains(&ids), "half of a change: {ids}");
                }
            });
        }
    });
}
