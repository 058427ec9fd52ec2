//! Keys that do not tell rows apart are found out when the application starts.

use super::Pipeline;
use super::mounts::Mounts;
use crate::backend::{AskAtStart, Backend, Database, Uniqueness};
use crate::dialect::Dialect;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::resource_type::Format;

impl Pipeline {
    /// Asks the database about the keys of what is mounted, if it is the only one that is open: of several nobody knows
    /// which of them will be asked for the rows.
    pub(super) fn check_keys(&self) -> Result<(), Error> {
        let open = Database::all_open();
        let [database] = open.as_slice() else {
            return Ok(());
        };
        match database.backend() {
            #[cfg(feature = "sqlite")]
            Backend::Sqlite(pool) => check((database, pool), &self.mounts),
            #[cfg(feature = "postgres")]
            Backend::Postgres(pool) => check((database, pool), &self.mounts),
            #[cfg(feature = "mysql")]
            Backend::Mysql(pool) => check((database, pool), &self.mounts),
            #[cfg(not(any(feature = "sqlite", feature = "postgres", feature = "mysql")))]
            Backend::Absent => Ok(()),
        }
    }
}

fn check<DB: Dialect, P: AskAtStart<DB>>((database, pool): (&Database, &P), mounts: &Mounts) -> Result<(), Error> {
    let registry = mounts.registry(Format::JsonApi);
    let mounted = registry.ids().map(|place| registry.endpoint(place));
    for endpoint in mounted.filter(|endpoint| endpoint.is_mounted && endpoint.resource.is_made_for::<DB>()) {
        let resource = endpoint.resource;
        let (table, column) = (resource.table, resource.key.column);
        let address = table.address();
        let found = database.know_key(address, column, || {
            let found = pool.uniqueness(table, column);
            if found == Uniqueness::Unknown {
                log::warn!("{}: {NOT_KNOWN}", described::<DB>(endpoint));
            }
            found
        });
        if found == Uniqueness::NotUnique {
            return Err(Error::internal(format!("{}: {NOT_UNIQUE}", described::<DB>(endpoint))));
        }
    }
    Ok(())
}

const NOT_KNOWN: &str = "the database does not tell whether each row has a value of its own there, as of a view; a write that \
    would touch more than one row is refused";

const NOT_UNIQUE: &str = "several rows may have the same value there, so that an id may stand for more than one row; name a \
    unique column in #[restless(primary_key = …)], or give the database a unique index over this column alone";

fn described<DB: Dialect>(endpoint: &Endpoint) -> String {
    let resource = endpoint.resource;
    let table = resource.table.text::<DB>();
    format!("the key of \"{}\", the column {:?} of {table}", endpoint.settings.collection_name, resource.key.column)
}
