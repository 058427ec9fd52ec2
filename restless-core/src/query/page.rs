//! `page[number]` and `page[size]` (JSON:API 1.1, "Pagination").

use super::{Parameter, Parameters};
use crate::endpoint::PageSizes;
use crate::error::{Error, Mistakes};
use crate::shown::Shown;

/// Which part of a collection the client wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paging {
    /// All of it, provided that it has no more resources than this; 0 is no bound.
    Whole { most: u64 },
    /// A page; numbers begin with 1.
    Page { number: u64, size: u64 },
}

impl Paging {
    /// How many rows stand before the page.
    pub(crate) const fn offset(number: u64, size: u64) -> u64 {
        (number - 1).saturating_mul(size)
    }

    /// The number of the last page, if the total is known. What is empty has one page.
    pub(crate) fn last(self, total: Option<u64>) -> Option<u64> {
        match self {
            Paging::Page { size, .. } => total.map(|total| total.div_ceil(size).max(1)),
            Paging::Whole { .. } => None,
        }
    }
}

/// Reads the family; what it leaves out comes from the settings.
pub(super) fn read(sizes: PageSizes, parameters: &Parameters, errors: &mut Mistakes) -> Paging {
    let most = u64::from(sizes.most);
    let (mut number, mut size) = (None, u64::from(sizes.usual));
    for parameter in parameters.family("page") {
        match parameter.name.members().as_slice() {
            ["number"] => number = natural(parameter, errors),
            ["size"] => size = natural(parameter, errors).unwrap_or(size),
            _ => errors.push(refusal(parameter, "expected page[number] or page[size]")),
        }
    }
    check(Request { number, size, most }, parameters, errors)
}

#[derive(Clone, Copy)]
struct Request {
    number: Option<u64>,
    size: u64,
    most: u64,
}

fn check(request: Request, parameters: &Parameters, errors: &mut Mistakes) -> Paging {
    let Request { number, size, most } = request;
    if let (Some(parameter), Some(0)) = (parameters.get("page[number]"), number) {
        errors.push(refusal(parameter, "expected a number from 1 on, found 0"));
    }
    let number = number.unwrap_or(1).max(1);
    if let Some(parameter) = parameters.get("page[size]")
        && most > 0
        && size > most
    {
        errors.push(refusal(parameter, &format!("a page has {most} resources at most, found {size}")));
    }
    if let Some(parameter) = parameters.get("page[number]")
        && i64::try_from(Paging::offset(number, size)).is_err()
    {
        errors.push(refusal(parameter, "the number is too large"));
    }
    match size {
        0 if parameters.get("page[size]").is_none() => Paging::Whole { most: 0 },
        0 => Paging::Whole { most },
        _ => Paging::Page { number, size },
    }
}

fn natural(parameter: &Parameter, errors: &mut Mistakes) -> Option<u64> {
    let text = parameter.value.as_str();
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = if digits { text.parse().ok() } else { None };
    if number.is_none() {
        errors.push(refusal(parameter, &format!("expected a whole number, found {}", Shown(text))));
    }
    number
}

fn refusal(parameter: &Parameter, detail: &str) -> Error {
    let name = &parameter.name;
    Error::invalid_parameter(name.text(), format!("{}: {detail}", name.shown()))
}
