//! What checking in, and typing a sheet in, needs.

use serde::Deserialize;
use utoipa::ToSchema;

use super::rules::MOST_HEADS;
use crate::wire::{Body, Faults};

/// Nothing waits for longer than a year; what waited for more than three days is told so.
const LONGEST_WAIT: i64 = 366 * 24 * 3600;
const MOST_ON_PAPER: i64 = 1_000_000;

/// Somebody is there.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"code": "482913", "device": "V2h5IG5vdD8gSXQgaXMgcmFuZG9t", "heads": 3, "waited_seconds": 0}))]
pub struct CheckIn {
    /// The six digits that the door shows.
    #[schema(min_length = 6, max_length = 6, pattern = "^[0-9]{6}$")]
    pub code: String,
    /// Drawn at random by the device, and the same whenever it tries again: that is how it counts once. Without it only somebody
    /// signed in checks in. It is kept as a hash that differs from event to event.
    #[schema(min_length = 16, max_length = 64)]
    pub device: Option<String>,
    /// With how many they came, themselves among them: a family checks in once. Absent: alone.
    #[schema(minimum = 1, maximum = 10)]
    pub heads: Option<i32>,
    /// For how long it waited to be sent, by the device's own clock, whose hour may be wrong. Absent: it is sent at once.
    #[schema(minimum = 0, maximum = 31_622_400)]
    pub waited_seconds: Option<i64>,
}

impl Body for CheckIn {
    fn check(&self, faults: &mut Faults) {
        if self.code.len() != 6 || !self.code.bytes().all(|byte| byte.is_ascii_digit()) {
            faults.add("/code", "six_digits", "The code that the door shows has six digits.");
        }
        if let Some(device) = &self.device {
            if !(16..=64).contains(&device.chars().count()) {
                faults.add("/device", "wrong_length", "Draw 16 to 64 characters at random.");
            }
            faults.optional_text("/device", device, 64);
        }
        faults.range("/heads", i64::from(self.heads.unwrap_or(1)), 1, i64::from(MOST_HEADS));
        faults.range("/waited_seconds", self.waited_seconds.unwrap_or(0), 0, LONGEST_WAIT);
    }
}

/// What stands on the sign-in sheet, as numbers.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"heads": 34, "first_timers": 12, "children": 5}))]
pub struct PaperCount {
    /// Those on the sheet who did not check in otherwise.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub heads: i32,
    /// How many of them came for the first time; absent: nobody asked.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub first_timers: Option<i32>,
    /// How many of them are children; absent: nobody counted.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub children: Option<i32>,
}

impl Body for PaperCount {
    fn check(&self, faults: &mut Faults) {
        faults.range("/heads", i64::from(self.heads), 0, MOST_ON_PAPER);
        for (pointer, part) in [("/first_timers", self.first_timers), ("/children", self.children)] {
            let Some(part) = part else { continue };
            faults.range(pointer, i64::from(part), 0, MOST_ON_PAPER);
            if part > self.heads {
                faults.add(pointer, "more_than_all", "This is a part of all who are on the sheet.");
            }
        }
    }
}
