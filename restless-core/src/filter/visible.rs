//! Row rules: which rows there are for whoever asks.

use super::path::{Aliases, Rows};
use super::resolver::Resolver;
use crate::dialect::Dialect;
use crate::endpoint::EndpointId;
use crate::error::Mistakes;
use crate::registry::Registry;
use crate::statement::Predicate;

/// What rows must satisfy to exist for the client; `None` if all do. A rule that means nothing shows nothing.
pub(crate) fn visible<DB: Dialect>(registry: &Registry, rows: Rows, aliases: &mut Aliases) -> Option<Predicate<DB>> {
    let rule = registry.rule(rows.place)?;
    let mut errors = Mistakes::at_most(1);
    let mut resolver = Resolver::of_application(registry, &mut errors);
    let predicate = resolver.within(aliases, |resolver| resolver.resolve(rule, rows));
    if let Some(error) = errors.into_first() {
        let name = &registry.endpoint(rows.place).settings.collection_name;
        log::error!("the row rule of \"{name}\" cannot be decided, so that there are no rows: {error}");
    }
    Some(predicate.unwrap_or(Predicate::Any(Vec::new())))
}

/// The rows that satisfy a predicate and exist for the client, of a table by its own name.
pub(crate) fn only_visible<DB: Dialect>(
    registry: &Registry,
    place: EndpointId,
    predicate: Predicate<DB>,
) -> Predicate<DB> {
    match visible(registry, Rows::of(registry, place), &mut Aliases::default()) {
        Some(rule) => Predicate::All(vec![rule, predicate]),
        None => predicate,
    }
}
