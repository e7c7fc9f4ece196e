//! What time it is: cut to microseconds, in UTC, and counted in the county's working days.
//! Tests hold the clock still and move it by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike, Utc, Weekday};
use chrono_tz::Tz;
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
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

    /// As chrono has it, for the database.
    pub(crate) fn naive(self) -> NaiveDateTime {
        self.0
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

    /// From when until when some days last in a zone, the first and the last included: from midnight to midnight.
    pub fn days(zone: Tz, first: NaiveDate, last: NaiveDate) -> (Self, Self) {
        let midnight = |day: NaiveDate| Self::local(zone, day, NaiveTime::MIN);
        (midnight(first), midnight(last.succ_opt().unwrap_or(last)))
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
        self.written(b'T', true, false).text().to_owned()
    }

    /// As SQLite stores it: a space in the middle, and three or six digits of a fraction where there is one.
    pub(crate) fn stored(self) -> String {
        self.written(b' ', false, true).text().to_owned()
    }

    /// By hand, digit for digit: chrono reads its format anew at each call, and a page of orders holds 150 times.
    fn written(self, between: u8, zulu: bool, thousandths: bool) -> Written {
        let Self(time) = self;
        let mut out = Written { bytes: [0; 27], length: 0 };
        out.digits(u32::try_from(time.year()).unwrap_or(0), 4);
        for (before, number) in [(b'-', time.month()), (b'-', time.day()), (between, time.hour()), (b':', time.minute()), (b':', time.second())] {
            out.push(before);
            out.digits(number, 2);
        }
        match time.and_utc().timestamp_subsec_micros() {
            0 => {}
            fraction if thousandths && fraction % 1000 == 0 => {
                out.push(b'.');
                out.digits(fraction / 1000, 3);
            }
            fraction => {
                out.push(b'.');
                out.digits(fraction, 6);
            }
        }
        if zulu {
            out.push(b'Z');
        }
        out
    }

    /// Reads what [`Self::stored`] writes, and nothing else.
    pub(crate) fn parse_stored(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let number = |from: usize, to: usize| {
            bytes.get(from..to)?.iter().try_fold(0_u32, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
        };
        let between = [(4, b'-'), (7, b'-'), (10, b' '), (13, b':'), (16, b':')];
        between.into_iter().all(|(at, sign)| bytes.get(at) == Some(&sign)).then_some(())?;
        let micros = match bytes.get(19..)? {
            [] => 0,
            [b'.', rest @ ..] if rest.len() == 3 => number(20, 23)? * 1000,
            [b'.', rest @ ..] if rest.len() == 6 => number(20, 26)?,
            _ => return None,
        };
        let day = NaiveDate::from_ymd_opt(i32::try_from(number(0, 4)?).ok()?, number(5, 7)?, number(8, 10)?)?;
        day.and_hms_micro_opt(number(11, 13)?, number(14, 16)?, number(17, 19)?, micros).map(Self)
    }

    /// Reads RFC 3339 with any offset.
    pub fn parse(text: &str) -> Option<Self> {
        let time = DateTime::parse_from_rfc3339(text).ok()?.with_timezone(&Utc);
        (1970..=9999).contains(&time.year()).then(|| Self::of(time))
    }
}

/// From a moment until another.
pub type Span = (Moment, Moment);

/// The days of the county's calendar that a span touches; midnight ends a day and touches no other.
pub fn days((from, until): Span, zone: Tz) -> Vec<NaiveDate> {
    let last = until.minus(Duration::microseconds(1)).max(from).day(zone);
    from.day(zone).iter_days().take_while(|day| *day <= last).collect()
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.written(b'T', true, false).text())
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("a time as RFC 3339 is wanted, such as 2026-12-01T09:00:00+08:00"))
    }
}

/// A time as text, `YYYY-MM-DDTHH:MM:SS.ffffffZ` at the longest.
struct Written {
    bytes: [u8; 27],
    length: usize,
}

impl Written {
    fn push(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(self.length) {
            *place = byte;
            self.length += 1;
        }
    }

    /// So many digits of a number, with zeros before it.
    fn digits(&mut self, number: u32, places: u32) {
        for place in (0..places).rev() {
            let digit = number / 10_u32.pow(place) % 10;
            self.push(b'0' + u8::try_from(digit).unwrap_or(0));
        }
    }

    fn text(&self) -> &str {
        self.bytes.get(..self.length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
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

    #[test]
    fn a_moment_is_written_and_read_as_sqlite_stores_it() {
        let forms = [
            (0, "1970-01-01 00:00:00", "1970-01-01T00:00:00Z"),
            (1_796_086_799_000_000, "2026-12-01 00:59:59", "2026-12-01T00:59:59Z"),
            (1_796_086_799_070_000, "2026-12-01 00:59:59.070", "2026-12-01T00:59:59.070000Z"),
            (1_796_086_799_000_009, "2026-12-01 00:59:59.000009", "2026-12-01T00:59:59.000009Z"),
            (253_402_300_799_999_999, "9999-12-31 23:59:59.999999", "9999-12-31T23:59:59.999999Z"),
        ];
        for (micros, stored, wire) in forms {
            let moment = Moment::from_micros(micros);
            assert_eq!((moment.stored().as_str(), moment.rfc3339().as_str()), (stored, wire));
            assert_eq!(Moment::parse_stored(stored), Some(moment), "{stored}");
            assert_eq!(moment.0.format("%F %T%.f").to_string(), stored, "as diesel writes it");
        }
        for odd in
            ["", "2026-12-01", "2026-12-01T00:59:59", "2026-12-01 00:59:59.1", "2026-12-01 00:59:59.", "2026-13-01 00:59:59", "2026-12-01 00:5x:59", "二〇二六"]
        {
            assert_eq!(Moment::parse_stored(odd), None, "{odd}");
        }
    }
}
