//! The order of points in time where the database keeps them as texts.

use crate::backend::Session;
use crate::statement::Order;

/// Finds out by which keys rows have to be put in order by what their texts mean. The texts themselves are in order where
/// they are all spelt in the usual ways, and then an index serves them.
pub(super) async fn look_at_spellings<S: Session>(session: &S, order: &[Order]) {
    for key in order {
        if let Some(chronology) = &key.chronology {
            let is_needed = session.mixes_spellings(key.column.source.table, key.column.name).await;
            chronology.is_needed.set(is_needed);
        }
    }
}
