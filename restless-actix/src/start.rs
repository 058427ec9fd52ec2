//! Warnings on standard error when an application starts: whoever has forgotten its database may have no logger either.

use std::sync::Once;
use std::time::Duration;

use restless_core::Database;

/// How to give an application its database.
pub(crate) const REMEDY: &str = "open one with `let database = Database::connect(url).await?`, and add \
                                 `.app_data(web::Data::new(database))` to the `App`";

/// How long a database may take to be opened beside the scopes that need it, as by `App::data_factory`.
const PATIENCE: Duration = Duration::from_secs(1);

/// Says once that no database is open in the process, so that no request can be answered.
pub(crate) fn check() {
    static ONCE: Once = Once::new();
    if Database::is_any_open() {
        return;
    }
    ONCE.call_once(|| {
        let checked = std::thread::Builder::new().name("restless-start".to_owned()).spawn(|| {
            std::thread::sleep(PATIENCE);
            if !Database::is_any_open() {
                say("no database is open, so that requests will be answered with 500");
            }
        });
        drop(checked);
    });
}

/// Says once, at the first request, that the application has not been given its database.
pub(crate) fn missing() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| say("the application has no database, so that its requests are answered with 500"));
}

fn say(what: &str) {
    eprintln!("restless: {what}: {REMEDY}");
}
