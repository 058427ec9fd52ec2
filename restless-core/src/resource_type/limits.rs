//! How much a client may ask at once.

use crate::error::MOST_ERRORS;

/// What bounds the filters, sort keys, functions and body of one request; whatever goes beyond is 400 and names the limit.
/// The header of an answer that would go beyond is left out.
///
/// ```
/// use restless_core::Limits;
/// let limits = Limits { max_path_length: 1, ..Limits::default() };
/// assert_eq!(limits.clauses, 100);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Filter objects and tests in all filters of a request.
    pub clauses: usize,
    /// Levels of `and`, `or`, `not`, `has` and `any` within each other.
    pub depth: usize,
    /// Values in one list.
    pub values: usize,
    /// Characters of one value.
    pub value_length: usize,
    /// Characters of all patterns in the filters of a request: what text is like, has in it or ends with. A database compares
    /// a long pattern with a long text in as many steps as both have letters, multiplied, and none of them can be stopped
    /// between two rows.
    pub pattern_length: usize,
    /// Relationships on the way to an attribute, in filters and in sort keys.
    pub max_path_length: usize,
    /// To-many relationships on the way to an attribute, in filters; the cost of a filter may multiply with each.
    pub max_to_many_path_length: usize,
    /// Functions that are evaluated at once.
    pub functions: usize,
    /// Attributes that the values of functions are grouped by.
    pub groups: usize,
    /// Objects in a body besides the resource itself: resource identifiers, and related resources within it.
    pub objects: usize,
    /// Resources that a search changes at once; each counts once more for every object in the body besides.
    pub changes: u64,
    /// Errors in an answer; one more says that there are others.
    pub errors: usize,
    /// Bytes of the header `Link`, which repeats the URL of the request for each of the pages that it names: servers in front
    /// of the application have little room for headers. In JSON:API the document has the same links anyway.
    pub link_header: usize,
}

impl Limits {
    /// The usual limits.
    pub const DEFAULT: Limits = Limits {
        clauses: 100,
        depth: 10,
        values: 1000,
        value_length: 10_000,
        pattern_length: 500,
        max_path_length: 4,
        max_to_many_path_length: 2,
        functions: 32,
        groups: 8,
        objects: 1000,
        changes: 10_000,
        errors: MOST_ERRORS,
        link_header: 1024,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
