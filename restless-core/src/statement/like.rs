//! Comparisons with values, and with patterns where the database's own take texts to end at the character U+0000.

use diesel::QueryResult;
use diesel::query_builder::AstPass;

use super::Column;
use super::predicate::write_comparison;
use crate::dialect::{Comparison, Dialect, Fragment};

/// Writes how a column compares with a value, which may be a pattern.
pub(super) fn write<'b, DB: Dialect>(
    pass: &mut AstPass<'_, 'b, DB>,
    column: Column,
    comparison: Comparison,
    value: &'b Fragment<DB>,
) -> QueryResult<()> {
    match DB::LIKE_WITH_NUL {
        Some(function) if comparison.is_of_whole_text() => {
            write_pattern(pass, function, Match { column, comparison, pattern: value })
        }
        _ => write_comparison(pass, column, comparison, |pass| value.walk_ast(pass.reborrow())),
    }
}

/// A column, and the pattern that it is compared with.
struct Match<'b, DB: Dialect> {
    column: Column,
    comparison: Comparison,
    pattern: &'b Fragment<DB>,
}

/// `CASE WHEN … THEN like(column, pattern, escape) ELSE column LIKE pattern END`: the function is asked only about texts that
/// have the character.
fn write_pattern<'b, DB: Dialect>(
    pass: &mut AstPass<'_, 'b, DB>,
    [start, between, then]: [&str; 3],
    Match { column, comparison, pattern }: Match<'b, DB>,
) -> QueryResult<()> {
    let (before, behind) = if comparison == Comparison::ILike { (DB::LOWER, ")") } else { ("", "") };
    pass.push_sql(start);
    column.write(pass)?;
    pass.push_sql(between);
    pattern.walk_ast(pass.reborrow())?;
    pass.push_sql(then);
    pass.push_sql(before);
    column.write(pass)?;
    pass.push_sql(behind);
    pass.push_sql(", ");
    pass.push_sql(before);
    pattern.walk_ast(pass.reborrow())?;
    pass.push_sql(behind);
    pass.push_sql(if comparison == Comparison::LikeLiterally { ", '!') ELSE " } else { ", '\\') ELSE " });
    write_comparison(pass, column, comparison, |pass| pattern.walk_ast(pass.reborrow()))?;
    pass.push_sql(" END");
    Ok(())
}
