//! Writes that Flask-Restless knows and JSON:API does not: of many resources at once, and of one member of a relation.

use super::exchange::Exchange;
use super::representation::Asked;
use crate::backend::Pool;
use crate::classic;
use crate::dialect::Dialect;
use crate::error::{Error, Errors};
use crate::operation::{DeleteMany, RemoveMember, UpdateMany};
use crate::query::SEARCH;
use crate::response::Response;

impl<DB: Dialect, P: Pool<DB>> Exchange<'_, DB, P> {
    /// Updates what the search in the body finds. One in the URL was never looked at, so that it is refused: everything would
    /// be changed.
    pub(super) async fn update_many(&self, asked: &Asked) -> Result<Response, Errors> {
        if asked.parameters().get(SEARCH).is_some() {
            let detail = "q: what is to be updated is said by the member q of the body, not in the URL";
            return Err(Error::invalid_parameter(SEARCH, detail).into());
        }
        let (incoming, classic::Search(search)) = classic::read_object(self.registry, self.place, &self.request.body);
        self.execute(UpdateMany::plan(&self.site(), incoming, search.as_deref())?, asked).await
    }

    /// Deletes what the search in the URL finds.
    pub(super) async fn delete_many(&self, asked: &Asked) -> Result<Response, Errors> {
        let search = asked.parameters().get(SEARCH).map(|parameter| parameter.value.clone());
        self.execute(DeleteMany::plan(self.site(), search.as_deref())?, asked).await
    }

    /// Takes a member out of a relation.
    pub(super) async fn remove(
        &self,
        (id, name, member): (String, String, String),
        asked: &Asked,
    ) -> Result<Response, Errors> {
        self.execute(RemoveMember::plan((self.site(), id, name), member)?, asked).await
    }
}
