//! `page[number]` and `page[size]`, or `page[offset]` and `page[limit]` (JSON:API 1.1, "Pagination").

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
    /// So many resources behind so many others.
    Slice { offset: u64, limit: u64 },
}

impl Paging {
    /// How many rows stand before the page.
    pub(crate) const fn offset(number: u64, size: u64) -> u64 {
        (number - 1).saturating_mul(size)
    }

    /// How many rows stand before what is wanted, and how many it has; `None` if all are wanted.
    pub(crate) const fn extent(self) -> Option<(u64, u64)> {
        match self {
            Paging::Whole { .. } => None,
            Paging::Page { number, size } => Some((Self::offset(number, size), size)),
            Paging::Slice { offset, limit } => Some((offset, limit)),
        }
    }

    /// Where the last page begins, if the total is known: its number or its offset. What is empty has one page.
    pub(crate) fn last(self, total: Option<u64>) -> Option<u64> {
        match self {
            Paging::Page { size, .. } => total.map(|total| total.div_ceil(size).max(1)),
            Paging::Slice { limit, .. } => total.map(|total| total.saturating_sub(1) / limit * limit),
            Paging::Whole { .. } => None,
        }
    }

    /// The page that begins with a number or an offset.
    pub(crate) const fn beginning(self, with: u64) -> Self {
        match self {
            Paging::Whole { .. } => self,
            Paging::Page { size, .. } => Paging::Page { number: with, size },
            Paging::Slice { limit, .. } => Paging::Slice { offset: with, limit },
        }
    }

    /// The first page.
    pub(crate) const fn first(self) -> Self {
        self.beginning(if let Paging::Page { .. } = self { 1 } else { 0 })
    }

    /// The page before this one; of one behind the last, that.
    pub(crate) fn before(self, last: Option<u64>) -> Option<Self> {
        let before = match (self, last) {
            (Paging::Whole { .. }, _) => None,
            (Paging::Page { number, .. }, Some(last)) if number > last => Some(last),
            (Paging::Page { number, .. }, _) => number.checked_sub(1).filter(|number| *number > 0),
            (Paging::Slice { offset, limit }, Some(last)) if offset >= last.saturating_add(limit) => Some(last),
            (Paging::Slice { offset, limit }, _) => (offset > 0).then(|| offset.saturating_sub(limit)),
        };
        before.map(|before| self.beginning(before))
    }

    /// The page behind this one.
    pub(crate) const fn after(self) -> Self {
        match self {
            Paging::Whole { .. } => self,
            Paging::Page { number, .. } => self.beginning(number.saturating_add(1)),
            Paging::Slice { offset, limit } => self.beginning(offset.saturating_add(limit)),
        }
    }
}

/// The members of the family: those of pages by number, and those of slices.
const MEMBERS: [&str; 4] = ["number", "size", "offset", "limit"];

/// Reads the family; what it leaves out comes from the settings.
pub(super) fn read(sizes: PageSizes, parameters: &Parameters, errors: &mut Mistakes) -> Paging {
    let mut given: [Number<'_>; 4] = [None; 4];
    for parameter in parameters.family("page") {
        let members = parameter.name.members();
        match MEMBERS.iter().position(|member| members == [*member]) {
            Some(place) => given[place] = Some((parameter, natural(parameter, errors))),
            None => {
                let detail = "expected page[number] and page[size], or page[offset] and page[limit]";
                errors.push(refusal(parameter, detail));
            }
        }
    }
    let [number_of_page, size, offset, limit] = given;
    match offset.or(limit) {
        None => Request { place: number_of_page, size, sizes }.page(errors),
        Some((first, _)) => {
            if number_of_page.or(size).is_some() {
                let detail = "expected either page[number] and page[size], or page[offset] and page[limit]";
                errors.push(refusal(first, detail));
            }
            Request { place: offset, size: limit, sizes }.slice(first, errors)
        }
    }
}

/// A parameter and its number, if it is one.
type Number<'a> = Option<(&'a Parameter, Option<u64>)>;

/// What the client says of where a page begins and how large it is.
#[derive(Clone, Copy)]
struct Request<'a> {
    place: Number<'a>,
    size: Number<'a>,
    sizes: PageSizes,
}

impl Request<'_> {
    fn page(self, errors: &mut Mistakes) -> Paging {
        if let Some((parameter, Some(0))) = self.place {
            errors.push(refusal(parameter, "expected a number from 1 on, found 0"));
        }
        let number = self.place.and_then(|(_, number)| number).unwrap_or(1).max(1);
        let size = self.size.and_then(|(_, size)| size).unwrap_or(self.sizes.usual.into());
        self.check_size(errors);
        self.check_place(Paging::offset(number, size), errors);
        match size {
            0 if self.size.is_none() => Paging::Whole { most: 0 },
            0 => Paging::Whole { most: self.sizes.most.into() },
            _ => Paging::Page { number, size },
        }
    }

    fn slice(self, first: &Parameter, errors: &mut Mistakes) -> Paging {
        match self.size {
            Some((parameter, Some(0))) => errors.push(refusal(parameter, "expected a number from 1 on, found 0")),
            None if self.sizes.usual == 0 => errors.push(refusal(first, "expected page[limit] beside it")),
            _ => {}
        }
        let offset = self.place.and_then(|(_, offset)| offset).unwrap_or(0);
        let limit = self.size.and_then(|(_, limit)| limit).unwrap_or(self.sizes.usual.into()).max(1);
        self.check_size(errors);
        self.check_place(offset, errors);
        Paging::Slice { offset, limit }
    }

    fn check_size(self, errors: &mut Mistakes) {
        if let Some((parameter, Some(size))) = self.size
            && self.sizes.most > 0
            && size > u64::from(self.sizes.most)
        {
            let most = self.sizes.most;
            errors.push(refusal(parameter, &format!("a page has {most} resources at most, found {size}")));
        }
    }

    fn check_place(self, offset: u64, errors: &mut Mistakes) {
        if let Some((parameter, _)) = self.place
            && i64::try_from(offset).is_err()
        {
            errors.push(refusal(parameter, "the number is too large"));
        }
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
