//! Comparisons with patterns where the database's own take texts to end at the character U+0000.

use diesel::QueryResult;
use diesel::query_builder::AstPass;

use super::Column;
use super::predicate::write_comparison;
use crate::dialect::{Comparison, Dialect, Fragment};

/// `CASE WHEN … THEN like(column, pattern, escape) ELSE column LIKE pattern END`: the function is asked only about texts that
/// have the character.
pub(super) fn write<'b, DB: Dialect>(
    pass: &mut AstPass<'_, 'b, DB>,
    (column, comparison): (Column<DB>, Comparison),
    pattern: &'b Fragment<DB>,
) -> QueryResult<()> {
    let Some([start, between, then]) = DB::LIKE_WITH_NUL else {
        return Ok(());
    };
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
    write_comparison(pass, (column, comparison), |pass| pattern.walk_ast(pass.reborrow()))?;
    pass.push_sql(" END");
    Ok(())
}
