//! What is decided about passwords, locks, tokens and idleness without looking anything up.

use chrono::Duration;

use crate::clock::Moment;

/// After so many failures a login, an address or a device is closed (等保: 5).
pub const TRIES: i32 = 5;
/// For so long (等保: 15 minutes); failures further apart do not add up.
pub const CLOSED_MINUTES: i64 = 15;
/// For so long a replaced refresh token may come again, while its successor is unused: two tabs, a lost answer.
pub const GRACE_SECONDS: i64 = 30;

/// What is wrong with a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    TooShort,
    TooLong,
    TooSimple,
    TooObvious,
}

impl Weakness {
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooShort => "too_short",
            Self::TooLong => "too_long",
            Self::TooSimple => "too_simple",
            Self::TooObvious => "too_obvious",
        }
    }

    pub const fn detail(self) -> &'static str {
        match self {
            Self::TooShort => "Choose 8 characters of two kinds (letters, digits, others) or 10 of any kind.",
            Self::TooLong => "Choose at most 200 characters.",
            Self::TooSimple => "Choose more than the same few characters over and over.",
            Self::TooObvious => "Choose something that is not your phone number or user name.",
        }
    }
}

/// The password rule: 10 characters or more, or 8 with two of small letters, capitals, digits, others (等保 asks for length and
/// kinds); at least four different characters; and neither the phone number nor the user name in it.
pub fn weakness(password: &str, logins: &[&str]) -> Option<Weakness> {
    let chars: Vec<char> = password.chars().collect();
    if chars.len() > 200 {
        return Some(Weakness::TooLong);
    }
    let kinds: [fn(&char) -> bool; 4] =
        [|c| c.is_lowercase(), |c| c.is_uppercase(), |c| c.is_ascii_digit(), |c| !c.is_lowercase() && !c.is_uppercase() && !c.is_ascii_digit()];
    let kinds = kinds.iter().filter(|kind| chars.iter().any(kind)).count();
    if chars.len() < 8 || (chars.len() < 10 && kinds < 2) {
        return Some(Weakness::TooShort);
    }
    let different: std::collections::BTreeSet<char> = chars.iter().copied().collect();
    if different.len() < 4 {
        return Some(Weakness::TooSimple);
    }
    let folded = password.to_lowercase();
    logins.iter().any(|login| !login.is_empty() && folded.contains(&login.to_lowercase())).then_some(Weakness::TooObvious)
}

/// A bucket of attempts as stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    pub used: i32,
    pub since: Moment,
    pub closed_until: Option<Moment>,
}

/// How many seconds a bucket stays closed; nothing: it is open.
pub fn closed_for(bucket: &Bucket, now: Moment) -> Option<u32> {
    let left = bucket.closed_until?.since(now);
    if left <= Duration::zero() {
        return None;
    }
    Some(u32::try_from(left.num_milliseconds().saturating_add(999) / 1000).unwrap_or(u32::MAX).max(1))
}

/// A bucket after one more attempt, where attempts add up within a window of minutes.
pub fn counted(bucket: &Bucket, now: Moment, minutes: i64) -> Bucket {
    let over = now.since(bucket.since) >= Duration::minutes(minutes) || bucket.closed_until.is_some_and(|until| until <= now);
    if over || bucket.used <= 0 {
        return Bucket { used: 1, since: now, closed_until: None };
    }
    Bucket { used: bucket.used.saturating_add(1), ..*bucket }
}

/// A bucket of failures after one more.
pub fn failed(bucket: &Bucket, now: Moment) -> Bucket {
    let counted = counted(bucket, now, CLOSED_MINUTES);
    let closed = counted.used >= TRIES;
    Bucket { closed_until: if closed { Some(now.plus(Duration::minutes(CLOSED_MINUTES))) } else { counted.closed_until }, ..counted }
}

/// What to do with a refresh token that was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// It is the newest: give a successor.
    Replace,
    /// It was replaced a moment ago and the successor is unused: give a sibling.
    Sibling,
    /// Somebody has an old one: end the session.
    Reuse,
}

/// Decides over a refresh token by when it was replaced and whether any successor was used.
pub fn rotation(replaced_at: Option<Moment>, successor_used: bool, now: Moment) -> Rotation {
    match replaced_at {
        None => Rotation::Replace,
        Some(at) if !successor_used && now.since(at) <= Duration::seconds(GRACE_SECONDS) => Rotation::Sibling,
        Some(_) => Rotation::Reuse,
    }
}

/// After how long without use a session ends.
pub fn idle_limit(staff: bool, staff_minutes: i64, days: i64) -> Duration {
    if staff { Duration::minutes(staff_minutes) } else { Duration::days(days) }
}

/// The life of an access token in minutes: no longer than half the idle time, so that somebody who works is never idle.
pub fn access_minutes(setting: i64, idle: Duration) -> i64 {
    setting.min(idle.num_minutes() / 2).max(1)
}

/// By which words a browser gives itself away, the more telling before the others: most call themselves Chrome and Safari, too.
const BROWSERS: &[(&str, &str)] = &[
    ("MicroMessenger", "WeChat"),
    ("DingTalk", "DingTalk"),
    ("AlipayClient", "Alipay"),
    ("MQQBrowser", "QQ Browser"),
    ("UCBrowser", "UC Browser"),
    ("HuaweiBrowser", "Huawei Browser"),
    ("MiuiBrowser", "Mi Browser"),
    ("VivoBrowser", "vivo Browser"),
    ("HeyTapBrowser", "HeyTap Browser"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
];

/// And a system: HarmonyOS and Android call themselves Linux, an iPhone is like a Mac.
const SYSTEMS: &[(&str, &str)] = &[
    ("HarmonyOS", "HarmonyOS"),
    ("OpenHarmony", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// A device's name, by which its person knows it again: `Chrome, Android`. The family alone, no version; nothing where neither
/// browser nor system is known.
pub fn device_name(user_agent: &str) -> Option<String> {
    let named = |names: &[(&str, &'static str)]| names.iter().find(|(word, _)| user_agent.contains(word)).map(|(_, name)| *name);
    match (named(BROWSERS), named(SYSTEMS)) {
        (Some(browser), Some(system)) => Some(format!("{browser}, {system}")),
        (Some(one), None) | (None, Some(one)) => Some(one.to_owned()),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Moment {
        Moment::from_micros(seconds * 1_000_000)
    }

    #[test]
    fn a_password_is_long_or_has_two_kinds() {
        for good in ["abcdefgh12", "abcdefghij", "abcdef12", "急救课急救课很好听吧", "correct horse", "ABCDefgh"] {
            assert_eq!(weakness(good, &[]), None, "{good}");
        }
        assert_eq!(weakness("abcdefgh", &[]), Some(Weakness::TooShort));
        assert_eq!(weakness("ab12", &[]), Some(Weakness::TooShort));
        assert_eq!(weakness("aaaaaaaaaaaa", &[]), Some(Weakness::TooSimple));
        assert_eq!(weakness("13812345678", &["13812345678"]), Some(Weakness::TooObvious));
        assert_eq!(weakness("x13812345678", &["13812345678"]), Some(Weakness::TooObvious));
        assert_eq!(weakness(&"ab12".repeat(60), &[]), Some(Weakness::TooLong));
    }

    #[test]
    fn the_fifth_failure_closes_for_a_quarter_of_an_hour() {
        let mut bucket = Bucket { used: 0, since: at(0), closed_until: None };
        for second in 1..=4 {
            bucket = failed(&bucket, at(second));
            assert_eq!(closed_for(&bucket, at(second)), None);
        }
        bucket = failed(&bucket, at(5));
        assert_eq!(closed_for(&bucket, at(5)), Some(900));
        assert_eq!(closed_for(&bucket, at(904)), Some(1));
        assert_eq!(closed_for(&bucket, at(905)), None);
        assert_eq!(failed(&bucket, at(905)).used, 1, "then it counts anew");
    }

    #[test]
    fn failures_far_apart_do_not_add_up() {
        let mut bucket = Bucket { used: 0, since: at(0), closed_until: None };
        for hour in 1..=20 {
            bucket = failed(&bucket, at(hour * 3600));
            assert_eq!(closed_for(&bucket, at(hour * 3600)), None);
        }
    }

    #[test]
    fn a_replaced_token_gets_a_sibling_for_half_a_minute_while_its_successor_is_unused() {
        assert_eq!(rotation(None, false, at(100)), Rotation::Replace);
        assert_eq!(rotation(Some(at(100)), false, at(130)), Rotation::Sibling);
        assert_eq!(rotation(Some(at(100)), false, at(131)), Rotation::Reuse);
        assert_eq!(rotation(Some(at(100)), true, at(101)), Rotation::Reuse);
    }

    #[test]
    fn whoever_works_is_never_idle() {
        assert_eq!(access_minutes(10, idle_limit(true, 30, 30)), 10);
        assert_eq!(access_minutes(10, idle_limit(true, 5, 30)), 2);
        assert_eq!(access_minutes(60, idle_limit(false, 5, 30)), 60);
    }

    #[test]
    fn a_device_is_named_by_its_browser_and_system_alone() {
        let named = |user_agent: &str| device_name(user_agent).unwrap_or_default();
        let android = "Mozilla/5.0 (Linux; Android 14; PHZ110) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36";
        assert_eq!(named(android), "Chrome, Android");
        assert_eq!(named(&format!("{android} MicroMessenger/8.0.50 MiniProgramEnv/android")), "WeChat, Android");
        assert_eq!(named("Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1"), "Chrome, HarmonyOS");
        assert_eq!(
            named("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1"),
            "Safari, iPhone"
        );
        assert_eq!(named("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0"), "Edge, Windows");
        assert_eq!(named("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"), "Firefox, Linux");
        assert_eq!(device_name("curl/8.5.0"), None);
        assert_eq!(device_name(""), None);
    }
}
