//! The stories: residents' words as they come in, and what the county made of them.

mod at_work;
mod ended;
mod waiting;

use super::people::{IN_TOWN, IN_VILLAGE, ON_FARM};
use super::story::{Deed as D, Step, Story, When};
use crate::orders::store::{Audience as A, Channel};

/// Every story.
pub(super) const ALL: &[&[Story]] = &[waiting::STORIES, at_work::STORIES, ended::STORIES];

/// A story to be filled in.
const STORY: Story = Story {
    key: "",
    title: "",
    details: "",
    audience: A::General,
    attendees: 30,
    place: "",
    address: "",
    contact: ("", ""),
    urgent: false,
    windows: &[],
    submitted: When::Ago(0),
    by: "",
    channel: Channel::Web,
    then: &[],
};

const FANRONG: &str = "230522100003";
const BAIXING: &str = "230522100004";
const KANGLE: &str = "230522100005";
const XUEFU: &str = "230522100008";
const AILIN: &str = "230522101201";
const LIHUA: &str = "230522101202";
const HOUSHI: &str = "230522101205";
const PINGAN: &str = "230522101207";
const FENGGANG: &str = "230522103200";
const DONGJIAN: &str = "230522201200";
const CHENGFU: &str = "230522206203";
const FARM: &str = "230522502503";

/// On the so many-th working day before today.
const fn day(back: i32, hour: u32, minute: u32) -> When {
    When::Day(-back, hour, minute)
}

const fn ago(minutes: i64) -> When {
    When::Ago(minutes)
}
