//! The values of functions: an object by their names, or such an object for each group in a list.

use serde_json::Map;

use super::links::{ListUrl, PageNames};
use super::object;
use super::outgoing::{Extent, List, write_frame};
use crate::operation::Evaluation;
use crate::query::Form;
use crate::representation::json_api::{write_list, write_named};
use crate::response::Response;

/// Answers with values, in the form that the client asked for; `url` is that of the request.
pub(crate) fn respond_with_values(evaluation: &Evaluation, url: ListUrl<'_>) -> Response {
    let mut out = Vec::new();
    match &evaluation.form {
        Form::Object => write_named(evaluation, 0, &mut out),
        Form::List(places) => write_list(evaluation, places, &mut out),
        Form::Groups => return respond_with_groups(evaluation, url),
    }
    object(200, out)
}

fn respond_with_groups(evaluation: &Evaluation, url: ListUrl<'_>) -> Response {
    let rows = evaluation.values.rows();
    let list = List::new(evaluation.paging, evaluation.total, Extent { rows, has_next: evaluation.has_next });
    let mut out = Vec::new();
    write_frame(&list, &Map::new(), &mut out, |out| {
        for row in 0..rows {
            if row > 0 {
                out.push(b',');
            }
            write_named(evaluation, row, out);
        }
    });
    let link = url.header(PageNames::OF_GROUPS, evaluation.paging, &list);
    object(200, out).with_header("Link", link)
}
