//! Times as the engines hold them. SQLite holds text in one form, which its tables check: it is written and read by hand, since
//! diesel tries chrono's formats one after another and a page of orders holds 150 times.

use chrono::NaiveDateTime;
use diesel::deserialize::{self, FromSql};
use diesel::pg::Pg;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::Timestamp;
use diesel::sqlite::Sqlite;

use super::Backend;
use crate::clock::Moment;

type Raw<'a, DB> = <DB as diesel::backend::Backend>::RawValue<'a>;

impl FromSql<Timestamp, Sqlite> for Moment {
    fn from_sql(mut value: Raw<'_, Sqlite>) -> deserialize::Result<Self> {
        let text = value.read_text();
        Self::parse_stored(text).ok_or_else(|| format!("{text} is no time").into())
    }
}

impl FromSql<Timestamp, Pg> for Moment {
    fn from_sql(value: Raw<'_, Pg>) -> deserialize::Result<Self> {
        <NaiveDateTime as FromSql<Timestamp, Pg>>::from_sql(value).map(|time| Self::of(time.and_utc()))
    }
}

impl FromSql<Timestamp, Backend> for Moment {
    fn from_sql(value: Raw<'_, Backend>) -> deserialize::Result<Self> {
        value.from_sql::<Self, Timestamp>()
    }
}

impl ToSql<Timestamp, Sqlite> for Moment {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.stored());
        Ok(IsNull::No)
    }
}

impl ToSql<Timestamp, Pg> for Moment {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        <NaiveDateTime as ToSql<Timestamp, Pg>>::to_sql(&self.naive(), &mut out.reborrow())
    }
}

impl ToSql<Timestamp, Backend> for Moment {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Backend>) -> serialize::Result {
        out.set_value((Timestamp, self));
        Ok(IsNull::No)
    }
}
