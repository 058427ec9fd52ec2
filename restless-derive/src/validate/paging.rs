//! How large pages are.

use crate::attr::{Given, setting};
use crate::context::{Context, refusal_with_help};
use crate::model::Model;

const PAGE_SIZE: &str = setting!(name page_size);
const MAX_PAGE_SIZE: &str = setting!(name max_page_size);
const RELATED_PAGE_SIZE: &str = setting!(name related_page_size);
const DEFAULT_PAGE_SIZE: u32 = setting!(default page_size);
const DEFAULT_MAX_PAGE_SIZE: u32 = setting!(default max_page_size);

/// Refuses a page size above the maximum; a maximum of 0 is none.
pub fn check(model: &Model, context: &Context) {
    check_usual(model, context);
    check_related(model, context);
}

fn check_usual(model: &Model, context: &Context) {
    let (given, given_max) = (&model.keys.page_size, &model.keys.max_page_size);
    let size = given.as_ref().map_or(DEFAULT_PAGE_SIZE, |given| given.value);
    let max = given_max.as_ref().map_or(DEFAULT_MAX_PAGE_SIZE, |given| given.value);
    if max == 0 || size <= max {
        return;
    }
    let error = match (given, given_max) {
        (Some(Given { key, .. }), None) => refusal_with_help(
            key,
            format_args!("`{PAGE_SIZE}` is {size}, above the default `{MAX_PAGE_SIZE}` of {max}"),
            format_args!("`{MAX_PAGE_SIZE} = {size}`"),
        ),
        (None, Some(Given { key, .. })) => refusal_with_help(
            key,
            format_args!("`{MAX_PAGE_SIZE}` is {max}, below the default `{PAGE_SIZE}` of {size}"),
            format_args!("`{PAGE_SIZE} = {max}`"),
        ),
        (Some(Given { key, .. }), Some(_)) => refusal_with_help(
            key,
            format_args!("`{PAGE_SIZE}` is {size}, above the `{MAX_PAGE_SIZE}` of {max}"),
            format_args!("`{PAGE_SIZE} = {max}`"),
        ),
        (None, None) => return,
    };
    context.refuse(error);
}

fn check_related(model: &Model, context: &Context) {
    let given_max = &model.keys.max_page_size;
    let max = given_max.as_ref().map_or(DEFAULT_MAX_PAGE_SIZE, |given| given.value);
    let Some(Given { key, value: size }) = &model.keys.related_page_size else {
        return;
    };
    if max == 0 || *size <= max {
        return;
    }
    let (default, help) = match given_max {
        Some(_) => ("", format!("`{RELATED_PAGE_SIZE} = {max}`")),
        None => ("default ", format!("`{MAX_PAGE_SIZE} = {size}`")),
    };
    let found = format_args!("`{RELATED_PAGE_SIZE}` is {size}, above the {default}`{MAX_PAGE_SIZE}` of {max}");
    context.refuse(refusal_with_help(key, found, help));
}
