//! What a server calls a connection, so that another one can stop its statement.

use diesel::sql_types::{BigInt, Text, Unsigned};
use diesel::{ConnectionError, QueryResult, QueryableByName};
use diesel_async::{AsyncConnection as _, AsyncMysqlConnection, RunQueryDsl as _, SimpleAsyncConnection as _};

use crate::backend::server::ServerOptions;
use crate::error::Error;

/// The number of a connection, and the server that it counts for: behind one address there may be several.
#[derive(QueryableByName)]
pub(super) struct Number {
    #[diesel(sql_type = Unsigned<BigInt>)]
    id: u64,
    #[diesel(sql_type = Text)]
    server: String,
}

impl Number {
    pub(super) async fn of(connection: &mut AsyncMysqlConnection) -> QueryResult<Self> {
        let query = "SELECT CAST(CONNECTION_ID() AS UNSIGNED) AS id, \
                     CONCAT_WS(':', @@hostname, @@port, @@server_id) AS server";
        diesel::sql_query(query).get_result(connection).await
    }

    /// Stops the statement that the connection runs, by a new connection to the same server.
    pub(super) async fn kill(&self, options: &ServerOptions) -> Result<(), Error> {
        let mut other = establish(options).await?;
        if Self::of(&mut other).await?.server == self.server {
            other.batch_execute(&format!("KILL QUERY {}", self.id)).await?;
        }
        Ok(())
    }
}

/// Opens a connection.
pub(super) async fn establish(options: &ServerOptions) -> Result<AsyncMysqlConnection, ConnectionError> {
    let url = match options.url.strip_prefix("mariadb://") {
        Some(rest) => format!("mysql://{rest}"),
        None => options.url.clone(),
    };
    AsyncMysqlConnection::establish(&url).await
}
