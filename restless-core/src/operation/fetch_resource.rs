//! Fetch one resource (JSON:API 1.1, "Fetching Resources").

use std::sync::Arc;

use super::records::RecordReader;
use super::{Outcome, Records, refusal};
use crate::backend::{Access, Dialect, Operation, Session};
use crate::endpoint::Endpoint;
use crate::error::{Error, Errors};
use crate::query::{self, Parameters};
use crate::statement::{Caching, Fragment, Predicate, Select};
use crate::value::{Input, Kind};

/// A resource by its id.
pub(crate) struct FetchResource<DB: Dialect> {
    endpoint: Arc<Endpoint<DB>>,
    id: String,
    select: Select<DB>,
}

impl<DB: Dialect> FetchResource<DB> {
    /// Reads the request.
    pub(crate) fn plan(endpoint: Arc<Endpoint<DB>>, id: String, parameters: &Parameters) -> Result<Self, Errors> {
        let attributes = query::read_fields(&endpoint, parameters)?;
        let key = key(&endpoint, &id)?;
        let mut select = select_by_key(&endpoint, key, attributes);
        if select.attributes != endpoint.readable {
            select.caching = endpoint.shapes.caching(|hasher| select.shape(hasher));
        }
        Ok(Self { endpoint, id, select })
    }
}

impl<DB: Dialect> Operation<DB> for FetchResource<DB> {
    type Output = Outcome;

    fn access(&self) -> Access {
        Access::ReadOne
    }

    async fn execute<S: Session<Dialect = DB>>(self, session: &S) -> Result<Outcome, Errors> {
        let records = read(session, &self.endpoint, &self.select).await?;
        if records.is_empty() {
            return Err(missing(&self.endpoint, &self.id).into());
        }
        Ok(Outcome::Resource(records))
    }
}

/// The key that an id stands for. An id that no key can have belongs to no resource.
pub(super) fn key<DB: Dialect>(endpoint: &Endpoint<DB>, id: &str) -> Result<Fragment<DB>, Error> {
    let codec = &endpoint.resource.key.codec;
    if codec.kind() == Kind::Integer && !is_canonical(id) {
        return Err(missing(endpoint, id));
    }
    (codec.bind)(Input::Text(id)).map_err(|_| missing(endpoint, id))
}

/// Whether the text is how an integer is written: one resource has one id.
fn is_canonical(id: &str) -> bool {
    let digits = id.strip_prefix('-').unwrap_or(id);
    id != "-0" && (digits == "0" || !digits.starts_with('0'))
}

pub(super) fn missing<DB: Dialect>(endpoint: &Endpoint<DB>, id: &str) -> Error {
    let shown: String = id.chars().take(100).collect();
    Error::no_such_resource(&endpoint.settings.collection_name, &shown)
}

/// Selects the row of a key.
pub(super) fn select_by_key<DB: Dialect>(
    endpoint: &Endpoint<DB>,
    key: Fragment<DB>,
    attributes: Vec<usize>,
) -> Select<DB> {
    Select {
        resource: endpoint.resource,
        attributes,
        predicate: Predicate::Equals { column: endpoint.resource.key.column, value: key },
        order: Vec::new(),
        window: None,
        caching: Caching::Keep,
    }
}

/// Runs a `Select`.
pub(super) async fn read<DB: Dialect, S: Session<Dialect = DB>>(
    session: &S,
    endpoint: &Endpoint<DB>,
    select: &Select<DB>,
) -> Result<Records, Errors> {
    let mut reader = RecordReader::new(endpoint, &select.attributes);
    let loaded = session.load(select, &mut reader).await;
    loaded.map_err(refusal::of_read::<DB>)?;
    Ok(reader.records)
}
