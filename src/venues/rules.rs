//! Opening hours as people write them. Pure.

use super::Hours;

/// The last minute of a day: midnight at its end.
pub const MIDNIGHT: i32 = 1440;

/// The minute of a time of day, written as `08:30`; `24:00` is midnight at the day's end.
pub fn minute(text: &str) -> Option<i32> {
    let (hour, minute) = text.split_once(':')?;
    let two = |digits: &str| if digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse::<i32>().ok() } else { None };
    let (hour, minute) = (two(hour)?, two(minute)?);
    let all = hour * 60 + minute;
    (minute < 60 && all <= MIDNIGHT).then_some(all)
}

/// A minute of the day as `08:30`.
pub fn time(minute: i32) -> String {
    format!("{:0>2}:{:0>2}", minute / 60, minute % 60)
}

/// The places in the list of those hours that overlap others of the same weekday before them.
pub fn overlapping(week: &[Hours]) -> Vec<usize> {
    let clash = |one: &Hours, other: &Hours| one.weekday == other.weekday && one.opens < other.closes && other.opens < one.closes;
    (0..week.len()).filter(|n| week[..*n].iter().any(|before| clash(before, &week[*n]))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_read_as_they_are_written() {
        for text in ["00:00", "08:30", "23:59", "24:00"] {
            assert_eq!(minute(text).map(time).as_deref(), Some(text));
        }
        for text in ["24:01", "8:30", "08:60", "0830", "", "ab:cd", "+8:30", "08:3", "25:00"] {
            assert_eq!(minute(text), None, "{text}");
        }
    }

    #[test]
    fn a_morning_and_an_afternoon_are_beside_each_other_and_two_mornings_are_not() {
        let on = |weekday, opens, closes| Hours { weekday, opens, closes };
        assert_eq!(overlapping(&[on(1, 480, 720), on(1, 720, 1020), on(2, 480, 720)]), Vec::<usize>::new());
        assert_eq!(overlapping(&[on(1, 480, 720), on(1, 719, 1020), on(2, 480, 720), on(1, 0, 1440)]), [1, 3]);
    }
}
