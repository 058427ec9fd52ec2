//! Whether rows exist for a client, before the application is asked about them.

use super::EndpointRef;
use crate::backend::{Access, Operation, Session};
use crate::dialect::Dialect;
use crate::error::Errors;

/// Rows of resource types with row rules, by their ids.
pub(crate) struct CheckExists(Vec<(EndpointRef, String)>);

impl CheckExists {
    /// `None` if nothing has to be looked for: where there is no rule, nothing is kept from the client, and an id that no key
    /// can have names no row.
    pub(crate) fn plan<DB: Dialect>(rows: Vec<(EndpointRef, String)>) -> Option<Self> {
        let rows: Vec<_> =
            rows.into_iter().filter(|(site, id)| site.has_rule() && site.key::<DB>(id).is_ok()).collect();
        (!rows.is_empty()).then_some(Self(rows))
    }
}

impl<DB: Dialect> Operation<DB> for CheckExists {
    type Output = ();

    fn access(&self) -> Access {
        Access::Read
    }

    async fn execute<S: Session<Dialect = DB>>(&self, session: &S) -> Result<(), Errors> {
        for (site, id) in &self.0 {
            site.check_exists(session, id).await?;
        }
        Ok(())
    }
}
