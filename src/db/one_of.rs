//! `column IN (…)` whose statement is prepared once: diesel's own `eq_any` is prepared anew at every call on SQLite, which took
//! more of a page's time than reading its rows.

use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{Bool, HasSqlType, SingleValue};

/// Longer lists are not prepared for repetition: they would crowd out the others.
const LONGEST_KEPT: usize = 128;

/// Whether a column has one of these values.
#[derive(Debug, Clone, Copy)]
pub struct OneOf<'a, C, T> {
    column: C,
    values: &'a [T],
}

/// Whether a column, which cannot be NULL, has one of these values. The list is filled up to a power of two with its last value,
/// so that pages of any length share a few statements.
pub fn one_of<C, T>(column: C, values: &[T]) -> OneOf<'_, C, T> {
    OneOf { column, values }
}

impl<C: Expression, T> Expression for OneOf<'_, C, T> {
    type SqlType = Bool;
}

impl<QS, C: SelectableExpression<QS>, T> SelectableExpression<QS> for OneOf<'_, C, T> where Self: AppearsOnTable<QS> {}

impl<QS, C: AppearsOnTable<QS>, T> AppearsOnTable<QS> for OneOf<'_, C, T> {}

impl<G, C: ValidGrouping<G>, T> ValidGrouping<G> for OneOf<'_, C, T> {
    type IsAggregate = C::IsAggregate;
}

impl<C, T> QueryId for OneOf<'_, C, T> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB, C, T> QueryFragment<DB> for OneOf<'_, C, T>
where
    DB: Backend + HasSqlType<C::SqlType>,
    C: Expression + QueryFragment<DB>,
    C::SqlType: SingleValue,
    T: ToSql<C::SqlType, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let Some(last) = self.values.last() else {
            out.push_sql("1 = 0");
            return Ok(());
        };
        let mut missing = self.values.len().next_power_of_two() - self.values.len();
        if self.values.len() > LONGEST_KEPT {
            out.unsafe_to_cache_prepared();
            missing = 0;
        }
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(" IN (");
        for (n, value) in self.values.iter().chain(std::iter::repeat_n(last, missing)).enumerate() {
            if n > 0 {
                out.push_sql(", ");
            }
            out.push_bind_param::<C::SqlType, _>(value)?;
        }
        out.push_sql(")");
        Ok(())
    }
}
