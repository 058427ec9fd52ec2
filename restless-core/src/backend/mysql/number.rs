//! What a server calls a connection, so that another one can stop its statement.

use super::client::MysqlClient;
use crate::error::Error;

/// The number of a connection, and the server that it counts for: behind one address there may be several.
pub(super) struct Number {
    id: u64,
    server: String,
}

impl Number {
    pub(super) async fn of(client: &mut MysqlClient) -> Option<Self> {
        let query = "SELECT CAST(CONNECTION_ID() AS UNSIGNED), CONCAT_WS(':', @@hostname, @@port, @@server_id)";
        let found = client.ask::<(u64, String)>(query, &[]).await.ok()?;
        found.into_iter().next().map(|(id, server)| Self { id, server })
    }

    /// Stops the statement that the connection runs, by a new connection to the same server.
    pub(super) async fn kill(&self, url: &str) -> Result<(), Error> {
        let mut other = MysqlClient::connect(url).await.map_err(Error::unreachable_database)?;
        if Self::of(&mut other).await.is_some_and(|number| number.server == self.server) {
            let killed = other.batch(&format!("KILL QUERY {}", self.id)).await;
            killed.map_err(|failure| Error::internal(failure.cause))?;
        }
        Ok(())
    }
}
