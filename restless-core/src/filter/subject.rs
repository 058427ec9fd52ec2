//! What a test is about: a column and the codec of its values.

use serde_json::Value;

use crate::clause::{Name, Operand, Operator, is_containment};
use crate::dialect::Comparison;
use crate::dialect::{Dialect, Fragment, InList, Kind};
use crate::endpoint::Endpoint;
use crate::operators::CustomOperator;
use crate::shown::Shown;
use crate::statement::{Column, Custom, Moment, MomentOperand, Predicate, Source};
use crate::value::{Codec, Input, Mismatch};

/// Who asks: that decides which attributes there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    /// A client; it knows what it may read.
    Client,
    /// The application's own code, which knows every field.
    Application,
}

/// A column that rows are tested by.
pub(super) struct Subject<DB: Dialect> {
    pub(super) column: Column,
    pub(super) codec: &'static Codec<DB>,
}

/// Why a test cannot be made, in words for the client.
type Reason = String;

impl<DB: Dialect> Subject<DB> {
    /// The attribute or key of that name, in a row of `source`; `None` if the reader knows of no such attribute.
    pub(super) fn find(endpoint: &Endpoint, source: Source, name: &Name, reader: Reader) -> Option<Self> {
        let (column, codec) = match name {
            Name::Member(name) => member(endpoint, name, reader)?,
            Name::Column(column) => endpoint.resource.codecs().field_of_column(column)?,
            Name::Relationship(_) => return None,
        };
        Some(Self { column: source.column(column), codec })
    }

    fn kind(&self) -> Kind {
        self.codec.kind()
    }

    /// The rows that pass.
    pub(super) fn test(&self, operator: &Operator, operand: &Operand) -> Result<Predicate<DB>, Reason> {
        self.check(operator)?;
        let column = self.column;
        Ok(match operator {
            Operator::IsNull => Predicate::IsNull(column),
            Operator::IsNotNull => Predicate::IsNull(column).negated(),
            Operator::Compare(comparison) => self.compare(*comparison, operand)?,
            Operator::CompareNot(comparison) => self.compare(*comparison, operand)?.negated(),
            Operator::In => self.among(operand)?,
            Operator::NotIn => self.among(operand)?.negated(),
            Operator::Between => self.between(operand)?,
            Operator::Contains => self.like(&format!("%{}%", literal(operand)?))?,
            Operator::StartsWith => self.like(&format!("{}%", literal(operand)?))?,
            Operator::EndsWith => self.like(&format!("%{}", literal(operand)?))?,
            Operator::Has | Operator::Any => return Err("an attribute has no related resources".to_owned()),
            Operator::Named(name) => return Err(unknown_operator(name)),
        })
    }

    /// The rows that pass the application's own test.
    pub(super) fn custom(&self, operator: &CustomOperator, operand: &Operand) -> Result<Predicate<DB>, Reason> {
        if !operator.suits(self.kind()) {
            return Err(unsuitable(self.kind()));
        }
        let sql = operator.build(&self.json(operand)?).map_err(|error| error.detail().to_owned())?;
        Ok(Predicate::Custom(Custom::new(self.column, sql)))
    }

    /// An operand as JSON. The text of a parameter is a string, unless the column's values are none and it is JSON.
    fn json(&self, operand: &Operand) -> Result<Value, Reason> {
        let is_of_strings = !matches!(
            self.kind(),
            Kind::Integer | Kind::Float | Kind::Double | Kind::Boolean | Kind::Interval | Kind::Json | Kind::Array(_)
        );
        match operand {
            Operand::Nothing => Ok(Value::Null),
            Operand::Json(json) => serde_json::from_str(json).map_err(|_| "expected a JSON value".to_owned()),
            Operand::Text(text) if is_of_strings => Ok(Value::String(text.clone())),
            Operand::Text(text) => Ok(serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.clone()))),
            Operand::Field(_) | Operand::List(_) | Operand::Typed(_) => Err("expected a value".to_owned()),
        }
    }

    fn check(&self, operator: &Operator) -> Result<(), Reason> {
        if let Operator::Named(name) = operator {
            return Err(unknown_operator(name));
        }
        if is_containment(operator) && !DB::HAS_CONTAINMENT {
            return Err("this operator needs PostgreSQL".to_owned());
        }
        let is_plain_json = self.kind() == Kind::Json && !self.codec.sql.is_binary_json();
        if !operator.suits(self.kind()) || (is_containment(operator) && is_plain_json) {
            return Err(unsuitable(self.kind()));
        }
        Ok(())
    }

    fn compare(&self, comparison: Comparison, operand: &Operand) -> Result<Predicate<DB>, Reason> {
        let column = self.column;
        let value = match comparison {
            Comparison::Like | Comparison::ILike => DB::text(checked_pattern::<DB>(&text(operand)?)?),
            Comparison::TextQuery | Comparison::PlainTextQuery => DB::text(held_text::<DB>(text(operand)?)?),
            _ => self.value(operand)?,
        };
        Ok(match DB::spelling(self.kind()) {
            Some(spelling) => {
                Predicate::Moment(Moment { column, comparison, other: MomentOperand::Value(value), spelling })
            }
            None => Predicate::Compare { column, comparison, value },
        })
    }

    /// One value of the column.
    fn value(&self, operand: &Operand) -> Result<Fragment<DB>, Reason> {
        let bound = match operand {
            Operand::Text(value) => (self.codec.bind)(self.input(Input::Text(value))?),
            Operand::Json(value) => (self.codec.bind)(self.input(Input::Json(value))?),
            Operand::Typed(value) => {
                return (self.codec.bind_typed)(value).ok_or_else(|| "the type differs".to_owned());
            }
            Operand::Nothing => return Err("the operator needs a value".to_owned()),
            Operand::Field(_) | Operand::List(_) => return Err("expected one value".to_owned()),
        };
        bound.map_err(|mismatch| if is_word_null(operand) { no_comparison() } else { mismatch.to_string() })
    }

    /// Nothing is equal to null, so that such a test is a mistake.
    fn input<'a>(&self, input: Input<'a>) -> Result<Input<'a>, Reason> {
        let is_null = matches!(input, Input::Json("null"));
        let is_empty = self.kind().is_temporal() && input.string().is_some_and(|text| text.is_empty());
        if is_null {
            return Err(no_comparison());
        }
        if is_empty {
            return Err(Mismatch::new(self.kind().expectation(), "\"\"").to_string());
        }
        Ok(input)
    }

    fn among(&self, operand: &Operand) -> Result<Predicate<DB>, Reason> {
        let Operand::List(values) = operand else {
            return Err("expected a list of values".to_owned());
        };
        if values.is_empty() {
            return Ok(Predicate::Any(Vec::new()));
        }
        let is_inexact = self.kind() == Kind::Numeric && !DB::HAS_EXACT_LISTS;
        if is_inexact || DB::spelling(self.kind()).is_some() {
            let parts = values.iter().map(|value| self.compare(Comparison::Equal, value));
            return Ok(Predicate::Any(parts.collect::<Result<_, Reason>>()?));
        }
        Ok(Predicate::In { column: self.column, values: self.values(values)? })
    }

    fn values(&self, operands: &[Operand]) -> Result<InList<DB>, Reason> {
        let typed: Vec<_> = operands.iter().filter_map(typed).cloned().collect();
        if typed.len() == operands.len() {
            return (self.codec.bind_typed_each)(&typed).ok_or_else(|| "the type differs".to_owned());
        }
        let inputs = operands.iter().map(|operand| match operand {
            Operand::Text(value) => self.input(Input::Text(value)),
            Operand::Json(value) => self.input(Input::Json(value)),
            _ => Err("expected values".to_owned()),
        });
        let inputs = inputs.collect::<Result<Vec<_>, _>>()?;
        let has_null = || operands.iter().any(is_word_null);
        (self.codec.bind_each)(&inputs)
            .map_err(|mismatch| if has_null() { no_comparison() } else { mismatch.to_string() })
    }

    fn between(&self, operand: &Operand) -> Result<Predicate<DB>, Reason> {
        match operand {
            Operand::List(values) => match values.as_slice() {
                [low, high] if DB::spelling(self.kind()).is_some() => Ok(Predicate::All(vec![
                    self.compare(Comparison::GreaterOrEqual, low)?,
                    self.compare(Comparison::LessOrEqual, high)?,
                ])),
                [low, high] => {
                    let (low, high) = (self.value(low)?, self.value(high)?);
                    Ok(Predicate::Between { column: self.column, low, high })
                }
                _ => Err(format!("expected two values, found {}", values.len())),
            },
            _ => Err("expected two values".to_owned()),
        }
    }

    fn like(&self, pattern: &str) -> Result<Predicate<DB>, Reason> {
        let is_beginning = !pattern.starts_with('%') && !pattern.contains('\0');
        let comparison = if is_beginning { Comparison::BeginsLiterally } else { Comparison::LikeLiterally };
        let value = DB::text(held_text::<DB>(pattern.to_owned())?);
        Ok(Predicate::Compare { column: self.column, comparison, value })
    }

    /// The rows in which the column compares so with another one.
    pub(super) fn match_with(&self, operator: &Operator, other: &Self) -> Result<Predicate<DB>, Reason> {
        self.check(operator)?;
        let Operator::Compare(comparison) = operator else {
            return Err("two attributes can only be equal, different, less or greater".to_owned());
        };
        let is_order = !is_containment(operator) && !matches!(comparison, Comparison::Like | Comparison::ILike);
        if !is_order || !are_alike(self.kind(), other.kind()) {
            return Err("the two attributes cannot be compared with one another".to_owned());
        }
        let (left, comparison, right) = (self.column, *comparison, other.column);
        Ok(match DB::spelling(self.kind()) {
            Some(spelling) => {
                Predicate::Moment(Moment { column: left, comparison, other: MomentOperand::Column(right), spelling })
            }
            None => Predicate::Match { left, comparison, right },
        })
    }
}

/// Whether a client wrote null where only text can stand.
fn is_word_null(operand: &Operand) -> bool {
    matches!(operand, Operand::Text(text) if text == "null")
}

fn no_comparison() -> Reason {
    "to compare with null, use is_null or is_not_null".to_owned()
}

/// The column of a member, and what carries its values.
fn member<DB: Dialect>(endpoint: &Endpoint, name: &str, reader: Reader) -> Option<(&'static str, &'static Codec<DB>)> {
    let resource = endpoint.resource;
    let codecs = resource.codecs();
    let found = match reader {
        Reader::Client => endpoint.readable_attribute(name),
        Reader::Application => resource.attribute(name),
    };
    match found {
        Some((place, attribute)) => Some((attribute.column, &codecs.attribute(place).codec)),
        None => (name == "id").then_some((resource.key.column, &codecs.key.codec)),
    }
}

fn typed(operand: &Operand) -> Option<&crate::value::TypedValue> {
    match operand {
        Operand::Typed(value) => Some(value),
        _ => None,
    }
}

fn unsuitable(kind: Kind) -> Reason {
    format!("this operator does not suit the attribute, whose value is {}", kind.expectation())
}

pub(super) fn unknown_operator(name: &str) -> Reason {
    format!("there is no operator {}", Shown(name))
}

/// The text of an operand that is a pattern or a question, whatever the type of the column.
fn text(operand: &Operand) -> Result<String, Reason> {
    let input = match operand {
        Operand::Text(text) => Input::Text(text),
        Operand::Json(json) => Input::Json(json),
        Operand::Nothing => return Err("the operator needs a value".to_owned()),
        _ => return Err("expected a string".to_owned()),
    };
    input.string().ok_or_else(|| Mismatch::new("a string", &input.shown()).to_string())
}

/// The text of an operand with its wildcards standing for themselves.
fn literal(operand: &Operand) -> Result<String, Reason> {
    let text = text(operand)?;
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '!') {
            escaped.push('!');
        }
        escaped.push(letter);
    }
    Ok(escaped)
}

/// A pattern in which every backslash has something to take the meaning from.
fn checked_pattern<DB: Dialect>(pattern: &str) -> Result<String, Reason> {
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        if letter == '\\' && letters.next().is_none() {
            return Err("a backslash at the end of a pattern has nothing behind it".to_owned());
        }
    }
    held_text::<DB>(pattern.to_owned())
}

fn held_text<DB: Dialect>(text: String) -> Result<String, Reason> {
    if !DB::HAS_NUL && text.contains('\0') {
        return Err("a text cannot have the character U+0000 in this database".to_owned());
    }
    Ok(text)
}

/// Whether values of the kinds can be compared with one another.
fn are_alike(one: Kind, other: Kind) -> bool {
    let is_number = |kind| matches!(kind, Kind::Integer | Kind::Float | Kind::Double | Kind::Numeric);
    let is_other = matches!(one, Kind::Other | Kind::Array(_) | Kind::Json);
    (is_number(one) && is_number(other)) || (one == other && !is_other)
}
