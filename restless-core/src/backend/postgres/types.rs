//! The numbers that types have which are not PostgreSQL's own.

use std::any::Any;
use std::collections::HashMap;

use diesel::internal::derives::multiconnection::MultiConnectionHelper;
use diesel::pg::{PgMetadataLookup, PgTypeMetadata};

use super::client::PostgresClient;
use crate::backend::blocking::Blocking;

/// The name of a type, with its schema if that is given.
pub(super) type TypeName = (Option<String>, String);

/// What one connection knows of types. The binds of a statement are written without asking the server, and again once it
/// has told of those that were missing.
#[derive(Default)]
pub(super) struct Types {
    known: HashMap<TypeName, (u32, u32)>,
    missing: Vec<TypeName>,
}

impl Types {
    /// The types that were looked up and are not known.
    pub(super) fn take_missing(&mut self) -> Vec<TypeName> {
        std::mem::take(&mut self.missing)
    }

    /// Remembers the number of a type, and that of arrays of it.
    pub(super) fn know(&mut self, name: TypeName, oid: u32, array_oid: u32) {
        self.known.insert(name, (oid, array_oid));
    }
}

impl PgMetadataLookup for Types {
    fn lookup_type(&mut self, type_name: &str, schema: Option<&str>) -> PgTypeMetadata {
        let name = (schema.map(str::to_owned), type_name.to_owned());
        let Some((oid, array_oid)) = self.known.get(&name) else {
            self.missing.push(name);
            return PgTypeMetadata::new(0, 0);
        };
        PgTypeMetadata::new(*oid, *array_oid)
    }

    fn as_any<'a>(&mut self) -> &mut (dyn Any + 'a)
    where
        Self: 'a,
    {
        self
    }
}

type Lookup = dyn PgMetadataLookup + 'static;

impl MultiConnectionHelper for Blocking<PostgresClient> {
    fn to_any<'a>(lookup: &mut Lookup) -> &mut (dyn Any + 'a) {
        lookup.as_any()
    }

    fn from_any(lookup: &mut dyn Any) -> Option<&mut Lookup> {
        lookup.downcast_mut::<Types>().map(|types| types as &mut Lookup)
    }
}
