//! Questions in SQL's own words with their values, for those whose shape depends on who asks for what: one text for both engines,
//! made once a call (the enum of both connections makes diesel's own text three times) and prepared once.

use std::borrow::Cow;
use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Bool, HasSqlType, Text, Timestamp};

use crate::clock::Moment;

/// A piece of SQL with its values. What people type is a value, never a word.
#[derive(Debug, Clone, Default)]
pub struct Clause(Vec<Piece>);

#[derive(Debug, Clone)]
enum Piece {
    Words(Cow<'static, str>),
    Value(Value),
}

/// A value in a [`Clause`].
#[derive(Debug, Clone)]
pub enum Value {
    Text(String),
    Number(i64),
    Time(Moment),
    Yes(bool),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<Moment> for Value {
    fn from(time: Moment) -> Self {
        Self::Time(time)
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Yes(yes)
    }
}

impl Clause {
    /// Begins with words.
    pub fn sql(words: impl Into<Cow<'static, str>>) -> Self {
        Self(vec![Piece::Words(words.into())])
    }

    /// Goes on with words.
    #[must_use]
    pub fn then(mut self, words: impl Into<Cow<'static, str>>) -> Self {
        self.0.push(Piece::Words(words.into()));
        self
    }

    /// Goes on with a value.
    #[must_use]
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.0.push(Piece::Value(value.into()));
        self
    }

    /// Goes on with another clause.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::sql("(").with(self).then(" AND ").with(other).then(")")
    }

    /// Either holds.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self::sql("(").with(self).then(" OR ").with(other).then(")")
    }

    /// As a whole question, whose rows are of this type.
    pub fn asked<ST>(self) -> Asked<ST> {
        Asked { clause: self, rows: PhantomData }
    }
}

/// A whole question.
#[derive(Debug, Clone)]
pub struct Asked<ST> {
    clause: Clause,
    rows: PhantomData<ST>,
}

/// A clause alone is a condition, beside diesel's own.
impl Expression for Clause {
    type SqlType = Bool;
}

impl<QS> AppearsOnTable<QS> for Clause {}

impl<QS> SelectableExpression<QS> for Clause {}

impl<G> ValidGrouping<G> for Clause {
    type IsAggregate = is_aggregate::No;
}

impl QueryId for Clause {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<ST> Query for Asked<ST> {
    type SqlType = ST;
}

impl<ST> QueryId for Asked<ST> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<ST, Conn> RunQueryDsl<Conn> for Asked<ST> {}

impl<ST, DB: Backend> QueryFragment<DB> for Asked<ST>
where
    Clause: QueryFragment<DB>,
{
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.clause.walk_ast(out)
    }
}

impl<DB> QueryFragment<DB> for Clause
where
    DB: Backend + HasSqlType<Text> + HasSqlType<BigInt> + HasSqlType<Timestamp> + HasSqlType<Bool>,
    String: ToSql<Text, DB>,
    i64: ToSql<BigInt, DB>,
    Moment: ToSql<Timestamp, DB>,
    bool: ToSql<Bool, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        for piece in &self.0 {
            match piece {
                Piece::Words(words) => out.push_sql(words),
                Piece::Value(Value::Text(text)) => out.push_bind_param::<Text, _>(text)?,
                Piece::Value(Value::Number(number)) => out.push_bind_param::<BigInt, _>(number)?,
                Piece::Value(Value::Time(time)) => out.push_bind_param::<Timestamp, _>(time)?,
                Piece::Value(Value::Yes(yes)) => out.push_bind_param::<Bool, _>(yes)?,
            }
        }
        Ok(())
    }
}

/// The columns that a question of diesel's selects, as words: so that a question in our own words gives them in the same order.
pub fn columns(selecting: &impl QueryFragment<Pg>) -> String {
    let text = diesel::debug_query::<Pg, _>(selecting).to_string();
    let columns = text.strip_prefix("SELECT ").and_then(|rest| rest.split_once(" FROM "));
    columns.map(|(columns, _)| columns.to_owned()).unwrap_or_default()
}
