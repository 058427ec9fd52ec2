//! `filter[age]=21`, `filter[age]=23,25`, `filter[author.name][like]=A%25`.

use super::measure::{Level, Measure};
use crate::clause::{Clause, Location, Name, Operand, Operator, Quantifier, Related, Test};
use crate::dialect::Comparison;
use crate::query::Parameter;
use crate::shown::shortened;

/// A value or a list of values, one of which the attribute is.
pub(super) fn equality(path: &str, parameter: &Parameter, measure: &mut Measure) -> Result<Clause, String> {
    let values = parameter.values();
    if values.contains(&"null") {
        let path = shortened(path);
        return Err(format!("to compare with null, use is_null or is_not_null, as in filter[{path}][is_null]=true"));
    }
    match values.as_slice() {
        [value] => {
            measure.value(value)?;
            at_path(path, Operator::Compare(Comparison::Equal), text(value), measure)
        }
        _ => operation(path, Operator::In, parameter, measure),
    }
}

/// An operator and its value.
pub(super) fn operation(
    path: &str,
    operator: Operator,
    parameter: &Parameter,
    measure: &mut Measure,
) -> Result<Clause, String> {
    let (operator, operand) = match operator {
        Operator::IsNull | Operator::IsNotNull => null_test(&operator, parameter.only()?)?,
        Operator::In | Operator::NotIn | Operator::Between => {
            let values = parameter.values();
            measure.values(values.len())?;
            values.iter().try_for_each(|value| measure.value(value))?;
            (operator, Operand::List(values.into_iter().map(text).collect()))
        }
        Operator::Has | Operator::Any => {
            return Err("expected a path instead, as in filter[author.name]=Ann".to_owned());
        }
        _ => {
            let value = parameter.only()?;
            measure.operand(&operator, value)?;
            (operator, text(value))
        }
    };
    at_path(path, operator, operand, measure)
}

fn text(value: &str) -> Operand {
    Operand::Text(value.to_owned())
}

/// `is_null=true`, and `is_null=false` for the opposite.
fn null_test(operator: &Operator, value: &str) -> Result<(Operator, Operand), String> {
    let is_true = match value {
        "true" | "1" => true,
        "false" | "0" => false,
        _ => return Err("expected true or false".to_owned()),
    };
    let is_null = (*operator == Operator::IsNull) == is_true;
    Ok((if is_null { Operator::IsNull } else { Operator::IsNotNull }, Operand::Nothing))
}

/// The test at the end of a dotted path of relationships.
pub(super) fn at_path(
    path: &str,
    operator: Operator,
    operand: Operand,
    measure: &mut Measure,
) -> Result<Clause, String> {
    measure.clause()?;
    let mut names = path.split('.').rev();
    let name = names.next().unwrap_or_default();
    let relationships: Vec<&str> = names.collect();
    measure.further(Level::default(), relationships.len())?;
    let test = Clause::Test(Test::of_member(name, operator, operand, Location::default()));
    Ok(relationships.into_iter().fold(test, |clause, relationship| {
        Clause::Related(Related {
            relationship: Name::Member(relationship.to_owned()),
            quantifier: Quantifier::Either,
            clause: Box::new(clause),
            place: Location::default(),
        })
    }))
}
