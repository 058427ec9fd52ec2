//! Evaluate functions of a collection, of all of its rows or of groups of them.

use diesel::QueryResult;
use diesel::result::Error as DieselError;
use diesel::row::{Field, Row};

use super::EndpointRef;
use super::fetch_collection::{has_next, known_total, window};
use super::records::Columns;
use super::refusal::{self, told, unreadable};
use crate::backend::{Access, Operation, Refused, Session, Visitor};
use crate::dialect::{Dialect, Reading, Violation};
use crate::error::{Error, Errors};
use crate::filter::only_visible;
use crate::query::{Cut, Evaluated, EvaluationQuery, Form, Paging};
use crate::resource_type::Count;
use crate::statement::{Aggregate, Caching, CountGroups};
use crate::value::{Codec, trimmed, write_decimal, write_digits, write_double};

/// What has been evaluated, before a representation writes it.
pub(crate) struct Evaluation {
    pub(crate) form: Form,
    /// The names of the values of each row: of the groups first, then of the functions.
    pub(crate) names: Vec<String>,
    pub(crate) values: Values,
    pub(crate) paging: Paging,
    /// How many groups there are, if that is told.
    pub(crate) total: Option<u64>,
    pub(crate) has_next: bool,
}

/// Rows of JSON values in one buffer.
#[derive(Debug, Default)]
pub(crate) struct Values {
    buffer: Vec<u8>,
    /// Where each value ends.
    ends: Vec<usize>,
    rows: usize,
}

impl Values {
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// The values of a row.
    pub(crate) fn row(&self, row: usize) -> impl Iterator<Item = &[u8]> {
        let width = self.ends.len().checked_div(self.rows).unwrap_or_default();
        (row * width..(row + 1) * width).map(|index| self.value(index))
    }

    fn value(&self, index: usize) -> &[u8] {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.buffer[start..self.ends[index]]
    }
}

/// The functions of a collection.
pub(crate) struct Evaluate<DB: Dialect> {
    statement: Aggregate<DB>,
    form: Form,
    /// The name of the parameter that has the functions.
    parameter: &'static str,
    key_codecs: Vec<&'static Codec<DB>>,
    key_names: Vec<String>,
    functions: Vec<Evaluated<DB>>,
    paging: Paging,
    count: Count,
}

impl<DB: Dialect> Evaluate<DB> {
    /// The functions as far as a query asks for them.
    pub(crate) fn plan(site: &EndpointRef, query: EvaluationQuery<DB>) -> Self {
        let EvaluationQuery { form, parameter, functions, keys, predicate, joins, order, paging, count } = query;
        let endpoint = site.endpoint();
        let mut statement = Aggregate {
            table: endpoint.resource.table,
            keys: keys.iter().map(|key| key.column).collect(),
            terms: functions.iter().map(|function| function.term).collect(),
            predicate: only_visible(&site.registry, site.id, predicate),
            joins,
            order,
            window: if keys.is_empty() { None } else { window(paging, count, Cut::default()) },
            caching: Caching::Discard,
        };
        statement.caching = endpoint.shapes.caching(|hasher| statement.shape(hasher));
        let key_codecs = keys.iter().map(|key| key.codec).collect();
        let key_names = keys.into_iter().map(|key| key.name).collect();
        Self { statement, form, parameter, key_codecs, key_names, functions, paging, count }
    }

    async fn evaluate<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Evaluation, Errors> {
        let mut reader = ValueReader { operation: self, values: Values::default() };
        if !self.functions.is_empty() || !self.key_names.is_empty() {
            let loaded = session.load(&self.statement, &mut reader).await;
            loaded.map_err(|refused| self.refuse(refused))?;
        }
        let mut values = reader.values;
        let rows = values.rows() as u64;
        self.check_whole(rows)?;
        let total = self.total(session, rows).await?;
        let has_next = self.form == Form::Groups && has_next(self.paging, total, rows);
        if let (Form::Groups, Some((_, size))) = (&self.form, self.paging.extent()) {
            values.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        }
        let functions = self.functions.iter().map(|function| function.name.clone());
        let names = self.key_names.iter().cloned().chain(functions).collect();
        Ok(Evaluation { form: self.form.clone(), names, values, paging: self.paging, total, has_next })
    }

    async fn total<S: Session<Dialect = DB>>(&self, session: &S, rows: u64) -> Result<Option<u64>, Errors> {
        if self.form != Form::Groups || self.count == Count::None {
            return Ok(None);
        }
        if let Some(total) = known_total(self.paging, rows) {
            return Ok(Some(total));
        }
        let counted = session.count(&CountGroups(&self.statement)).await;
        counted.map(Some).map_err(|refused| self.refuse(refused).into())
    }

    /// Refuses groups that were asked for all at once and are more than a page may have.
    fn check_whole(&self, rows: u64) -> Result<(), Error> {
        match (&self.form, self.paging) {
            (Form::Groups, Paging::Whole { most }) if most > 0 && rows > most => {
                let detail = format!("page[size]: there are more than {most} groups, ask for pages of them");
                Err(Error::invalid_parameter("page[size]", detail))
            }
            _ => Ok(()),
        }
    }

    /// What a function computes may lie outside of what the database can hold.
    fn refuse(&self, refused: Refused) -> Error {
        let computed = self.functions.iter().filter(|function| function.term.function.computes());
        let computed: Vec<&str> = computed.map(|function| function.name.as_str()).collect();
        if matches!(refused.violation, Violation::Type(_)) && !computed.is_empty() {
            let what = "the result is out of the range of what the database can compute";
            let detail = format!("{}: {}: {what}", self.parameter, computed.join(", "));
            return Error::invalid_parameter(self.parameter, detail).with_cause(refused.cause);
        }
        let predicate = &self.statement.predicate;
        let is_grouped = !self.key_names.is_empty() && predicate.fallible_parameters().is_empty();
        if refused.violation == Violation::Argument && is_grouped {
            let detail = "group: the database cannot tell whether values of one of the attributes are equal";
            return Error::invalid_parameter("group", detail).with_cause(refused.cause);
        }
        refusal::of_query(predicate)(refused)
    }
}

impl Values {
    fn truncate(&mut self, rows: usize) {
        if rows < self.rows {
            let width = self.ends.len() / self.rows;
            self.ends.truncate(rows * width);
            self.rows = rows;
        }
    }
}

impl<DB: Dialect> Operation<DB> for Evaluate<DB> {
    type Output = Evaluation;

    fn access(&self) -> Access {
        Access::Read
    }

    async fn execute<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Evaluation, Errors> {
        self.evaluate(session).await
    }
}

struct ValueReader<'a, DB: Dialect> {
    operation: &'a Evaluate<DB>,
    values: Values,
}

impl<DB: Dialect> Visitor<DB> for ValueReader<'_, DB> {
    fn visit<'a, R: Row<'a, DB>>(&mut self, row: &R) -> QueryResult<()> {
        let mut columns = Columns::default();
        let Values { buffer, ends, rows } = &mut self.values;
        for (name, codec) in self.operation.key_names.iter().zip(&self.operation.key_codecs) {
            let field = columns.next(row)?;
            write_own(field.value(), name, codec, buffer)?;
            ends.push(buffer.len());
        }
        for function in &self.operation.functions {
            let field = columns.next(row)?;
            write_result(field.value(), function, buffer)?;
            ends.push(buffer.len());
        }
        *rows += 1;
        Ok(())
    }
}

/// Appends a value as the column has them; null stands for no value, whatever the type of the field.
fn write_own<DB: Dialect>(
    raw: Option<DB::RawValue<'_>>,
    name: &str,
    codec: &Codec<DB>,
    out: &mut Vec<u8>,
) -> QueryResult<()> {
    if raw.is_none() {
        out.extend_from_slice(b"null");
        return Ok(());
    }
    (codec.encode)(raw, out).map_err(|cause| told(unreadable(name, codec, &cause)))
}

fn write_result<DB: Dialect>(
    raw: Option<DB::RawValue<'_>>,
    function: &Evaluated<DB>,
    out: &mut Vec<u8>,
) -> QueryResult<()> {
    let failed = DieselError::DeserializationError;
    match function.term.reading {
        Reading::Own => write_own(raw, &function.name, function.codec, out)?,
        Reading::Rows => {
            let number = DB::read_integer(raw).map_err(failed)?;
            out.extend_from_slice(number.to_string().as_bytes());
        }
        Reading::Digits => write_digits(DB::read_digits(raw).map_err(failed)?.as_deref(), out),
        Reading::Mean | Reading::Double => write_double(DB::read_double(raw).map_err(failed)?, out),
        Reading::Decimal => {
            let text = DB::read_decimal(raw).map_err(failed)?;
            let is_sum = function.term.function == crate::dialect::Function::Sum;
            let text = text.as_deref().map(|text| if is_sum { text } else { trimmed(text) });
            write_decimal(text, out);
        }
    }
    Ok(())
}
