//! Refusing what cannot work: one file per kind of rule. Nothing here changes the model.

use crate::context::Context;
use crate::model::Model;

pub use shape::shape;

mod access;
mod constant;
mod formats;
mod include;
mod key;
mod member;
mod member_name;
mod names;
mod paging;
mod prefix;
mod relation;
mod shape;

/// Refuses everything about a model that a user could have meant otherwise.
pub fn model(model: &Model, context: &Context) {
    prefix::check(model, context);
    paging::check(model, context);
    formats::check(model, context);
    names::check(model, context);
    constant::check(model, context);
    access::check(model, context);
    key::check(model, context);
    relation::check(model, context);
    include::check(model, context);
}
