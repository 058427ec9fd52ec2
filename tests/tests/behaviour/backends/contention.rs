//! Writes whose hooks meet others that are in their way: they are done again, hooks included.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::dsl::sum;
use diesel::prelude::*;
use restless_actix::prelude::*;
use restless_actix::{DatabaseBuilder, Isolation};
use serde_json::{Value, json};

use super::{Backend, Place, skipped};
use crate::expected::internal;
use crate::server::{Server, Setup};

diesel::table! {
    account (id) {
        id -> Integer,
        balance -> Integer,
    }
}

#[derive(Restless)]
#[diesel(table_name = account)]
#[restless(methods(GET, PATCH))]
struct Account {
    id: i32,
    balance: i32,
}

const ACCOUNTS: &str = "CREATE TABLE account (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL);
    INSERT INTO account VALUES (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0);";

fn on(backend: Backend, settings: fn(DatabaseBuilder) -> DatabaseBuilder, hooks: impl Fn() -> Hooks) -> Option<Server> {
    let Some(url) = backend.find() else {
        skipped(&format!("a {backend} server at {}", backend.url()));
        return None;
    };
    let hooks = hooks();
    let setup = Setup { settings, ..Setup::new(ACCOUNTS) };
    Some(setup.start_in(Place::on(backend, &url), move |services| {
        services.service(Account::api().processor(hooks.clone()).scope());
    }))
}

/// What the hooks do with the accounts.
#[derive(Clone, Copy)]
enum Manner {
    /// They look at all of them.
    Sum,
    /// They take two, in the order that the client says.
    TakeTwo,
    /// They let a statement fail, and do not mind.
    FailQuietly,
}

#[derive(Clone)]
struct Hooks {
    manner: Manner,
    runs: Arc<AtomicUsize>,
}

impl Hooks {
    fn new(manner: Manner) -> Self {
        Self { manner, runs: Arc::default() }
    }
}

fn take(connection: &mut restless_actix::DatabaseConnection, id: i32) -> QueryResult<usize> {
    diesel::update(account::table.find(id)).set(account::balance.eq(account::balance + 1)).execute(connection)
}

impl Processor<Account> for Hooks {
    async fn before_patch_resource(
        &self,
        context: &Context,
        id: &mut String,
        changes: &mut Changes<Account>,
    ) -> Result<(), Error> {
        self.runs.fetch_add(1, Ordering::Relaxed);
        match self.manner {
            Manner::Sum => {
                let total = account::table.select(sum(account::balance));
                let total = context.transaction(move |connection| total.get_result::<Option<i64>>(connection)).await?;
                let total = i32::try_from(total.unwrap_or_default()).unwrap_or_default();
                actix_web::rt::time::sleep(Duration::from_millis(20)).await;
                changes.set(AccountFields::BALANCE, total + 1);
            }
            Manner::TakeTwo => {
                let (first, second) = if id == "1" { (7, 8) } else { (8, 7) };
                context.transaction(move |connection| take(connection, first)).await?;
                actix_web::rt::time::sleep(Duration::from_millis(200)).await;
                context.transaction(move |connection| take(connection, second)).await?;
            }
            Manner::FailQuietly => {}
        }
        Ok(())
    }

    async fn after_patch_resource(&self, context: &Context, _: &mut ResponseResources<Account>) -> Result<(), Error> {
        if matches!(self.manner, Manner::FailQuietly) {
            let failing = "INSERT INTO account VALUES (1, 0)";
            let failed = context.transaction(move |connection| connection.batch_execute(failing)).await;
            assert!(failed.is_err());
        }
        Ok(())
    }
}

fn changed(id: usize) -> Value {
    json!({"data": {"type": "account", "id": id.to_string(), "attributes": {"balance": 5}}})
}

/// The statuses of as many updates at the same time.
fn update_at_once(server: &Server, number: usize) -> Vec<u16> {
    thread::scope(|scope| {
        let update = |id: usize| move || server.patch(&format!("/api/account/{id}"), &changed(id)).status;
        let workers: Vec<_> = (1..=number).map(|id| scope.spawn(update(id))).collect();
        workers.into_iter().map(|worker| worker.join().expect("an answer")).collect()
    })
}

#[test]
fn under_serializable_isolation_ends_well_for_all() {
    // How long all of them take depends on what else the machine does.
    let settings =
        |builder: DatabaseBuilder| builder.isolation(Isolation::Serializable).lock_timeout(Duration::from_secs(30));
    for backend in [Backend::Sqlite, Backend::Postgres, Backend::Mysql] {
        let hooks = Hooks::new(Manner::Sum);
        let Some(server) = on(backend, settings, || hooks.clone()) else {
            continue;
        };
        let statuses = update_at_once(&server, 8);
        assert!(statuses.iter().all(|status| *status < 300), "{backend}: {statuses:?}");
        // Each of them saw what those before it had made: 1, 2, 4, and so on.
        let balances = server.line("SELECT balance AS value FROM account ORDER BY balance");
        assert_eq!(balances, "1 2 4 8 16 32 64 128", "{backend}");
        let runs = hooks.runs.load(Ordering::Relaxed);
        assert!(runs >= 8 && (backend == Backend::Sqlite) == (runs == 8), "{backend}: {runs} runs");
    }
}

#[test]
fn in_a_deadlock_is_done_again() {
    for backend in [Backend::Sqlite, Backend::Postgres, Backend::Mysql] {
        let hooks = Hooks::new(Manner::TakeTwo);
        let Some(server) = on(backend, |builder| builder, || hooks.clone()) else {
            continue;
        };
        let statuses = update_at_once(&server, 2);
        assert!(statuses.iter().all(|status| *status < 300), "{backend}: {statuses:?}");
        let balances = server.line("SELECT balance AS value FROM account WHERE id IN (1, 2, 7, 8) ORDER BY id");
        assert_eq!(balances, "5 5 2 2", "{backend}");
        let runs = hooks.runs.load(Ordering::Relaxed);
        assert!(runs >= 2 && (backend == Backend::Sqlite) == (runs == 2), "{backend}: {runs} runs");
    }
}

#[test]
fn that_another_process_holds_waits_for_it() {
    let hooks = Hooks::new(Manner::TakeTwo);
    let server = on(Backend::Sqlite, |builder| builder, || hooks.clone()).expect("a file");
    let mut other = server.connection();
    other.batch_execute("BEGIN IMMEDIATE").expect("a lock");
    thread::scope(|scope| {
        let update = scope.spawn(|| update_at_once(&server, 1));
        thread::sleep(Duration::from_millis(300));
        other.batch_execute("COMMIT").expect("no lock");
        assert!(update.join().expect("an answer").iter().all(|status| *status < 300));
    });
    assert_eq!(hooks.runs.load(Ordering::Relaxed), 1);
}

/// On PostgreSQL a statement that fails takes the transaction with it, whatever the hook makes of its error.
#[test]
fn is_never_told_to_be_done_if_it_is_not() {
    for (backend, status, balance) in
        [(Backend::Sqlite, 200, "5"), (Backend::Postgres, 500, "0"), (Backend::Mysql, 200, "5")]
    {
        let Some(server) = on(backend, |builder| builder, || Hooks::new(Manner::FailQuietly)) else {
            continue;
        };
        let answer = server.patch("/api/account/1", &changed(1));
        if status == 500 {
            answer.refuses(500, &[internal()]);
        } else {
            assert!(answer.status < 300, "{backend}: {answer:#?}");
        }
        assert_eq!(server.line("SELECT balance AS value FROM account WHERE id = 1"), balance, "{backend}");
        assert_eq!(server.get("/api/account/2").status, 200, "{backend}");
    }
}
