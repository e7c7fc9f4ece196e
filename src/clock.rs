//! What time it is: cut to microseconds, in UTC, and counted in the county's working days.
//! Tests hold the clock still and move it by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike, Utc, Weekday};
use chrono_tz::Tz;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::ToSchema;

/// The county's zone where a county names none.
pub const COUNTY_ZONE: Tz = chrono_tz::Asia::Shanghai;

/// A point in time: UTC, whole microseconds, RFC 3339 on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, AsExpression, FromSqlRow, ToSchema)]
#[diesel(sql_type = Timestamp)]
#[schema(value_type = String, format = DateTime, example = "2026-12-01T01:00:00Z")]
pub struct Moment(NaiveDateTime);

impl Moment {
    /// The moment of a UTC time, cut to microseconds.
    pub fn of(time: DateTime<Utc>) -> Self {
        Self::from_micros(time.timestamp_micros())
    }

    /// The moment so many microseconds after the epoch; the epoch itself for a number no calendar holds.
    pub fn from_micros(micros: i64) -> Self {
        Self(DateTime::from_timestamp_micros(micros).unwrap_or_default().naive_utc())
    }

    /// Microseconds since the epoch.
    pub fn micros(self) -> i64 {
        self.0.and_utc().timestamp_micros()
    }

    /// The moment of a local date and time in a zone; the later one where a clock change leaves a gap.
    pub fn local(zone: Tz, day: NaiveDate, time: NaiveTime) -> Self {
        let local = day.and_time(time);
        let found = zone.from_local_datetime(&local).latest().or_else(|| zone.from_local_datetime(&(local + Duration::hours(1))).latest());
        found.map_or(Self(local), |time| Self::of(time.with_timezone(&Utc)))
    }

    /// The date on the county's wall calendar.
    pub fn day(self, zone: Tz) -> NaiveDate {
        self.0.and_utc().with_timezone(&zone).date_naive()
    }

    /// The time on the county's wall clock.
    pub fn time(self, zone: Tz) -> NaiveTime {
        self.0.and_utc().with_timezone(&zone).time()
    }

    /// So much later; a part of a microsecond is cut.
    pub fn plus(self, by: Duration) -> Self {
        Self::from_micros(self.micros().saturating_add(by.num_microseconds().unwrap_or(i64::MAX)))
    }

    /// So much earlier; a part of a microsecond is cut.
    pub fn minus(self, by: Duration) -> Self {
        Self::from_micros(self.micros().saturating_sub(by.num_microseconds().unwrap_or(i64::MAX)))
    }

    /// How long after an earlier moment.
    pub fn since(self, earlier: Self) -> Duration {
        self.0 - earlier.0
    }

    /// RFC 3339 in UTC, without a fraction where there is none.
    pub fn rfc3339(self) -> String {
        let Self(time) = self;
        let (year, month, day) = (time.year(), time.month(), time.day());
        let (hour, minute, second) = (time.hour(), time.minute(), time.second());
        // By hand: chrono reads its format anew at each call, and a page of orders holds 150 times.
        match time.and_utc().timestamp_subsec_micros() {
            0 => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"),
            fraction => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction:06}Z"),
        }
    }

    /// Reads RFC 3339 with any offset.
    pub fn parse(text: &str) -> Option<Self> {
        let time = DateTime::parse_from_rfc3339(text).ok()?.with_timezone(&Utc);
        (1970..=9999).contains(&time.year()).then(|| Self::of(time))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&self.rfc3339())
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("a time as RFC 3339 is wanted, such as 2026-12-01T09:00:00+08:00"))
    }
}

impl<DB> ToSql<Timestamp, DB> for Moment
where
    DB: diesel::backend::Backend,
    NaiveDateTime: ToSql<Timestamp, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

impl<DB> FromSql<Timestamp, DB> for Moment
where
    DB: diesel::backend::Backend,
    NaiveDateTime: FromSql<Timestamp, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        NaiveDateTime::from_sql(bytes).map(Self)
    }
}

/// Tells the time; one for the whole process.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    /// Empty: the machine's clock. Else the held time in microseconds.
    held: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands still until it is moved; every clone moves with it.
    pub fn held(at: Moment) -> Self {
        Self { held: Some(Arc::new(AtomicI64::new(at.micros()))) }
    }

    /// The time now.
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
    pub fn now(&self) -> Moment {
        match &self.held {
            Some(micros) => Moment::from_micros(micros.load(Ordering::SeqCst)),
            None => Moment::of(Utc::now()),
        }
    }

    /// Moves a held clock on; the machine's clock cannot be moved.
    pub fn advance(&self, by: Duration) {
        if let Some(micros) = &self.held {
            micros.fetch_add(by.num_microseconds().unwrap_or(0), Ordering::SeqCst);
        }
    }
}

/// The days on which the county's offices work: Monday to Friday, but for the state's holidays and the days worked instead.
#[derive(Debug, Clone)]
pub struct Calendar {
    pub zone: Tz,
    /// Weekdays off, sorted.
    pub off: Vec<NaiveDate>,
    /// Weekend days worked instead, sorted.
    pub worked: Vec<NaiveDate>,
}

impl Calendar {
    /// Monday to Friday, without a holiday.
    pub fn plain(zone: Tz) -> Self {
        Self { zone, off: Vec::new(), worked: Vec::new() }
    }

    /// Whether offices work on this day.
    pub fn works(&self, day: NaiveDate) -> bool {
        if self.off.binary_search(&day).is_ok() {
            return false;
        }
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) || self.worked.binary_search(&day).is_ok()
    }

    /// The end of the n-th working day after this moment: a thing that arrives today is late after the close of
    /// the n-th working day that follows. The close is midnight, so that nobody is late during the day itself.
    pub fn after_working_days(&self, from: Moment, days: u32) -> Moment {
        let mut day = from.day(self.zone);
        let mut left = days;
        while left > 0 {
            day = day.succ_opt().unwrap_or(day);
            if self.works(day) {
                left -= 1;
            }
        }
        Moment::local(self.zone, day.succ_opt().unwrap_or(day), NaiveTime::MIN)
    }

    /// How many working days have closed since the day of this moment: after n of them [`Self::after_working_days`] is past.
    pub fn working_days_closed(&self, from: Moment, until: Moment) -> u32 {
        let last = until.day(self.zone);
        let mut day = from.day(self.zone);
        let mut closed = 0;
        while let Some(next) = day.succ_opt().filter(|next| *next < last) {
            day = next;
            closed += u32::from(self.works(day));
        }
        closed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_working_day_is_waited_through_when_it_has_closed() {
        let at = |text: &str| Moment::parse(text).expect("a moment");
        let mut calendar = Calendar::plain(COUNTY_ZONE);
        // Friday at nine, by the county's clock.
        let from = at("2026-03-06T01:00:00Z");
        for (until, days) in
            [("2026-03-06T09:00:00Z", 0), ("2026-03-08T15:59:59Z", 0), ("2026-03-09T15:59:59Z", 0), ("2026-03-09T16:00:00Z", 1), ("2026-03-16T01:00:00Z", 5)]
        {
            assert_eq!(calendar.working_days_closed(from, at(until)), days, "{until}");
        }
        calendar.off.push(NaiveDate::from_ymd_opt(2026, 3, 9).expect("a day"));
        assert_eq!(calendar.working_days_closed(from, at("2026-03-16T01:00:00Z")), 4);
        let due = calendar.after_working_days(from, 2);
        assert_eq!((calendar.working_days_closed(from, due.minus(Duration::seconds(1))), calendar.working_days_closed(from, due)), (1, 2));
    }

    #[test]
    fn a_moment_never_holds_a_part_of_a_microsecond() {
        let odd = Moment::from_micros(1_000_001);
        let half = odd.since(Moment::from_micros(0)) / 2;
        assert_eq!(Moment::from_micros(0).plus(half), Moment::from_micros(500_000));
        assert_eq!(odd.minus(half), Moment::from_micros(500_001));
        assert_eq!(Moment::parse("2026-12-01T01:00:00.1234567Z"), Moment::parse("2026-12-01T01:00:00.123456Z"));
    }
}
