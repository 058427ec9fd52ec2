//! A part of a row, whatever connection it comes from.

use std::marker::PhantomData;
use std::ops::Range;

use diesel::row::{Field, PartialRow, Row, RowIndex, RowSealed};

use crate::dialect::Dialect;

/// One column of a row.
trait AnyField<DB: Dialect> {
    fn name(&self) -> Option<&str>;

    fn raw(&self) -> Option<DB::RawValue<'_>>;
}

/// A field of a certain connection's rows.
struct Held<'f, F>(F, PhantomData<&'f ()>);

impl<'f, DB: Dialect, F: Field<'f, DB>> AnyField<DB> for Held<'f, F> {
    fn name(&self) -> Option<&str> {
        self.0.field_name()
    }

    fn raw(&self) -> Option<DB::RawValue<'_>> {
        self.0.value()
    }
}

/// The last columns of a row as one by itself, for code that knows the model and not the connection.
pub struct ModelRow<'a, DB: Dialect>(Vec<Box<dyn AnyField<DB> + 'a>>);

/// A field of a [`ModelRow`].
pub struct ModelField<'f, DB: Dialect>(&'f dyn AnyField<DB>);

impl<'a, DB: Dialect> ModelRow<'a, DB> {
    /// The columns of a row from that place on.
    pub(crate) fn behind<'r, R: Row<'r, DB>>(row: &'a R, place: usize) -> Self
    where
        'r: 'a,
    {
        let fields = (place..row.field_count()).filter_map(|index| row.get(index));
        Self(fields.map(|field| Box::new(Held(field, PhantomData)) as Box<_>).collect())
    }
}

impl<DB: Dialect> RowSealed for ModelRow<'_, DB> {}

impl<DB: Dialect> RowIndex<usize> for ModelRow<'_, DB> {
    fn idx(&self, index: usize) -> Option<usize> {
        (index < self.0.len()).then_some(index)
    }
}

impl<DB: Dialect> RowIndex<&str> for ModelRow<'_, DB> {
    fn idx(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|field| field.name() == Some(name))
    }
}

impl<'a, DB: Dialect> Row<'a, DB> for ModelRow<'a, DB> {
    type Field<'f>
        = ModelField<'f, DB>
    where
        'a: 'f,
        Self: 'f;
    type InnerPartialRow = Self;

    fn field_count(&self) -> usize {
        self.0.len()
    }

    fn get<'b, I>(&'b self, index: I) -> Option<Self::Field<'b>>
    where
        'a: 'b,
        Self: RowIndex<I>,
    {
        let index = self.idx(index)?;
        Some(ModelField(&**self.0.get(index)?))
    }

    fn partial_row(&self, range: Range<usize>) -> PartialRow<'_, Self> {
        PartialRow::new(self, range)
    }
}

impl<'f, DB: Dialect> Field<'f, DB> for ModelField<'f, DB> {
    fn field_name(&self) -> Option<&str> {
        self.0.name()
    }

    fn value(&self) -> Option<DB::RawValue<'_>> {
        self.0.raw()
    }
}
