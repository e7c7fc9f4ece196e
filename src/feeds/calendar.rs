//! A calendar as text (RFC 5545, with the properties of RFC 7986). Pure: the same sessions give the same text, so that whoever has it
//! need not read it again.

use chrono::{DateTime, Utc};
use icalendar::{Calendar, Class, Component, Event, EventLike, EventStatus, Property};

use crate::clock::{COUNTY_ZONE, Moment};

/// How often a program shall look again.
const LOOK_AGAIN: &str = "PT1H";

/// Whether it will take place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Confirmed,
    Tentative,
    Cancelled,
}

/// What a calendar shows of a session.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// The same for as long as there is the session.
    pub uid: String,
    /// Rises with each change.
    pub sequence: u32,
    pub title: String,
    pub words: String,
    pub place: Option<String>,
    pub url: Option<String>,
    /// Whether it is not for everybody.
    pub closed: bool,
    pub starts_at: Moment,
    pub ends_at: Moment,
    pub created_at: Moment,
    pub changed_at: Moment,
    pub standing: Standing,
}

/// The text of a calendar; `left_out`: from when on there is more than fits.
pub(super) fn text(name: &str, left_out: Option<Moment>, entries: &[Entry]) -> String {
    let mut calendar = Calendar::empty();
    let about = left_out.map(|from| format!("内容太多，只列到{}。", from.day(COUNTY_ZONE).format("%Y年%-m月%-d日")));
    let mut say = |key: &str, value: &str| {
        calendar.append_property(Property::new(key, value));
    };
    say("VERSION", "2.0");
    say("PRODID", "-//kepu//kepu//ZH");
    say("CALSCALE", "GREGORIAN");
    // Of a younger standard than the crate knows, which leaves it as it is.
    say("NAME", &escaped(name));
    say("X-WR-CALNAME", &clean(name));
    if let Some(about) = &about {
        say("DESCRIPTION", about);
        say("X-WR-CALDESC", about);
    }
    say("X-WR-TIMEZONE", COUNTY_ZONE.name());
    say("X-PUBLISHED-TTL", LOOK_AGAIN);
    calendar.append_property(Property::new("REFRESH-INTERVAL", LOOK_AGAIN).add_parameter("VALUE", "DURATION").done());
    for entry in entries {
        calendar.push(event(entry));
    }
    folded(&calendar.to_string())
}

/// Lines of at most 75 bytes, none broken within a character. The crate's folds are taken back first: up to its 0.17.17 the last piece
/// of a long line may have 76 bytes.
fn folded(text: &str) -> String {
    const LIMIT: usize = 75;
    let mut told = String::with_capacity(text.len() + text.len() / 16);
    for line in text.replace("\r\n ", "").split_inclusive("\r\n") {
        let mut length = 0;
        for c in line.chars() {
            // The line's end is not counted.
            if length + c.len_utf8() > LIMIT && !c.is_control() {
                told.push_str("\r\n ");
                length = 1;
            }
            length += c.len_utf8();
            told.push(c);
        }
    }
    told
}

fn event(entry: &Entry) -> Event {
    let Entry { uid, sequence, title, words, place, url, closed, starts_at, ends_at, created_at, changed_at, standing } = entry;
    let mut event = Event::new();
    event.uid(uid).sequence(*sequence).summary(&clean(title)).starts(utc(*starts_at)).ends(utc(*ends_at));
    // Without a METHOD the two mean the same: when it was last changed, never when it was asked for.
    event.timestamp(utc(*changed_at)).last_modified(utc(*changed_at)).created(utc(*created_at));
    event.status(match standing {
        Standing::Confirmed => EventStatus::Confirmed,
        Standing::Tentative => EventStatus::Tentative,
        Standing::Cancelled => EventStatus::Cancelled,
    });
    event.class(if *closed { Class::Private } else { Class::Public });
    // What was called off takes nobody's time.
    event.add_property("TRANSP", if *standing == Standing::Cancelled { "TRANSPARENT" } else { "OPAQUE" });
    if !words.is_empty() {
        event.description(&clean(words));
    }
    if let Some(place) = place {
        event.location(&clean(place));
    }
    if let Some(url) = url {
        event.url(url);
    }
    event.done()
}

fn utc(at: Moment) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(at.micros()).unwrap_or_default()
}

/// A line break is one character, and the other control characters have no place in a line.
fn clean(text: &str) -> String {
    text.replace("\r\n", "\n").chars().map(|c| if c == '\r' { '\n' } else { c }).filter(|c| *c == '\n' || !c.is_control()).collect()
}

fn escaped(text: &str) -> String {
    clean(text).replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry(title: &str, from: i64) -> Entry {
        let at = |seconds: i64| Moment::from_micros(seconds * 1_000_000);
        Entry {
            uid: "session-7@kepu.example.cn".to_owned(),
            sequence: 2,
            title: title.to_owned(),
            words: "带上旧插座\r\n自愿参加".to_owned(),
            place: Some("镇文化活动室, 一楼".to_owned()),
            url: Some("https://kepu.example.cn/events/3".to_owned()),
            closed: false,
            starts_at: at(from),
            ends_at: at(from + 3600),
            created_at: at(0),
            changed_at: at(86_400),
            standing: Standing::Confirmed,
        }
    }

    #[test]
    fn a_session_stands_in_it_with_its_name_its_time_in_utc_and_when_it_was_last_changed() {
        // The last hour of 2026 in the county.
        let told = text("友谊县 科普活动", None, &[entry("迎新观星; 年末场", 1_798_729_200)]);
        let expected = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//kepu//kepu//ZH",
            "CALSCALE:GREGORIAN",
            "NAME:友谊县 科普活动",
            "X-WR-CALNAME:友谊县 科普活动",
            "X-WR-TIMEZONE:Asia/Shanghai",
            "X-PUBLISHED-TTL:PT1H",
            "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
            "BEGIN:VEVENT",
            "CLASS:PUBLIC",
            "CREATED:19700101T000000Z",
            "DESCRIPTION:带上旧插座\\n自愿参加",
            "DTEND:20261231T160000Z",
            "DTSTAMP:19700102T000000Z",
            "DTSTART:20261231T150000Z",
            "LAST-MODIFIED:19700102T000000Z",
            "LOCATION:镇文化活动室\\, 一楼",
            "SEQUENCE:2",
            "STATUS:CONFIRMED",
            "SUMMARY:迎新观星\\; 年末场",
            "TRANSP:OPAQUE",
            "UID:session-7@kepu.example.cn",
            "URL:https://kepu.example.cn/events/3",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ];
        assert_eq!(told.split("\r\n").collect::<Vec<_>>(), expected);
        let off = text("名", Some(Moment::from_micros(0)), &[Entry { standing: Standing::Cancelled, ..entry("停", 0) }]);
        assert!(off.contains("\r\nSTATUS:CANCELLED\r\n") && off.contains("\r\nTRANSP:TRANSPARENT\r\n") && off.contains("只列到1970年1月1日"));
    }

    /// Of the first two the crate made a last line of 76 bytes; the others are the longest that is not folded, and the first that is.
    #[test]
    fn a_line_that_just_fits_without_the_mark_of_a_fold_is_folded_once_more() {
        for title in ["长".repeat(47), "a".repeat(67 + 75), "a".repeat(67), "a".repeat(68)] {
            let told = text("", None, &[entry(&title, 0)]);
            assert!(told.split("\r\n").all(|line| line.len() <= 75), "{told}");
            assert!(told.replace("\r\n ", "").contains(&format!("\r\nSUMMARY:{title}\r\n")), "{told}");
        }
    }

    proptest! {
        /// Whatever people type: no line is longer than 75 bytes, none is broken within a character or by what was typed, and unfolded
        /// and unescaped the title is there.
        #[test]
        fn whatever_is_typed_makes_whole_short_lines(title in "[\\PC\\n\\r,;:\\\\ ]{0,120}") {
            let told = text(&title, None, &[entry(&title, 0)]);
            for line in told.split("\r\n") {
                prop_assert!(line.len() <= 75, "{}", line);
                prop_assert!(!line.contains(['\r', '\n']));
            }
            let unfolded = told.replace("\r\n ", "");
            let line = unfolded.split("\r\n").find_map(|line| line.strip_prefix("SUMMARY:")).unwrap_or_default();
            let mut read = String::new();
            let mut rest = line.chars();
            while let Some(c) = rest.next() {
                match c {
                    '\\' => read.extend(rest.next().map(|c| if c == 'n' { '\n' } else { c })),
                    c => read.push(c),
                }
            }
            prop_assert_eq!(read, clean(&title));
        }
    }
}
