//! A page of models.

use std::ops::Deref;

/// Models that were fetched, and how many there are in all. It is a slice of them, and an iterator over them.
///
/// ```
/// use restless_core::Page;
/// let page = Page { items: vec!["Ann", "Bob"], total: 5, number: 1, size: 2 };
/// assert_eq!((page.len(), page.first(), page.pages()), (2, Some(&"Ann"), 3));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<M> {
    /// The models of the page, in their order.
    pub items: Vec<M>,
    /// How many there are on all pages.
    pub total: u64,
    /// The number of the page; the first is 1.
    pub number: u64,
    /// How many models a page has; the total, if there are no pages.
    pub size: u64,
}

impl<M> Page<M> {
    /// How many pages there are.
    #[must_use]
    pub const fn pages(&self) -> u64 {
        if self.size == 0 { 0 } else { self.total.div_ceil(self.size) }
    }
}

impl<M> Deref for Page<M> {
    type Target = [M];

    fn deref(&self) -> &[M] {
        &self.items
    }
}

impl<M> IntoIterator for Page<M> {
    type Item = M;
    type IntoIter = std::vec::IntoIter<M>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, M> IntoIterator for &'a Page<M> {
    type Item = &'a M;
    type IntoIter = std::slice::Iter<'a, M>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}
