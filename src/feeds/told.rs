//! What a calendar says of a session, by who reads it. Pure. No name of a person stands in a calendar: whoever has the address reads
//! it. It is in Chinese, since a calendar does not say in which language it is read.

use super::calendar::{Entry, Standing};
use super::store::Line;
use crate::directory::Directory;
use crate::events::{EventState, VenueStatus};
use crate::venues::FIRST_SPACE;

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    /// Anyone, of what is open.
    Everybody,
    /// Anyone, of a venue: what is not open is taken, and no more is said of it.
    Passers,
    /// Who has a part in it.
    Party,
    /// Who keeps the venue.
    Keeper,
}

pub(super) fn entry(directory: &Directory, public_url: &str, view: View, line: Line) -> Entry {
    let host = public_url.split("://").last().unwrap_or_default();
    let host = host.split(['/', ':']).next().unwrap_or_default();
    let hidden = view == View::Passers && !line.public;
    // A venue is taken for set-up and clearing, too; whoever comes to what is open comes when it begins.
    let by_booking = view == View::Keeper || (view == View::Passers && (hidden || line.cancelled));
    let (starts_at, ends_at) = line.booked.filter(|_| by_booking).unwrap_or((line.starts_at, line.ends_at));
    let inside = matches!(view, View::Party | View::Keeper);
    let settled = !inside || (line.event_state != EventState::Draft && matches!(line.venue_status, None | Some(VenueStatus::Confirmed)));
    let standing = match (line.cancelled, settled) {
        (true, _) => Standing::Cancelled,
        (false, true) => Standing::Confirmed,
        (false, false) => Standing::Tentative,
    };
    let title = if hidden { "已占用".to_owned() } else { line.title.clone() };
    Entry {
        uid: format!("session-{}@{host}", line.session),
        sequence: u32::try_from(line.sequence).unwrap_or(0),
        title: format!("{}{title}", mark(inside, &line)),
        words: if hidden { String::new() } else { words(directory, inside, &line) },
        place: if hidden { line.venue.clone() } else { place(&line) },
        url: (!hidden).then(|| format!("{public_url}/events/{}", line.event)),
        closed: !line.public,
        starts_at,
        ends_at,
        created_at: line.created_at,
        changed_at: line.changed_at,
        standing,
    }
}

/// What stands before the title: not every program shows that something was called off or is not settled.
fn mark(inside: bool, line: &Line) -> &'static str {
    if line.cancelled {
        if line.event_state == EventState::Postponed && (inside || line.public) {
            return "（已延期）";
        }
        return "（已取消）";
    }
    match (inside, line.event_state, line.venue_status) {
        (true, EventState::Draft, _) => "（草稿）",
        (true, _, Some(VenueStatus::Tentative)) => "（场地待确认）",
        (true, _, Some(VenueStatus::Refused | VenueStatus::Lapsed)) => "（要换场地）",
        _ => "",
    }
}

fn words(directory: &Directory, inside: bool, line: &Line) -> String {
    let organiser = line.organiser.and_then(|id| directory.name(id)).map(|name| format!("举办：{name}"));
    let closed = (inside && !line.public).then(|| "不对外开放".to_owned());
    let described = Some(line.description.clone()).filter(|words| !words.is_empty());
    [described, organiser, closed].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// Where it is; the address of an order is kept apart, and stands in no calendar.
fn place(line: &Line) -> Option<String> {
    let space = line.space.as_deref().filter(|name| *name != FIRST_SPACE);
    let venue = [line.venue.as_deref(), space, line.venue_address.as_deref()];
    let venue = venue.into_iter().flatten().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ");
    if !venue.is_empty() {
        return Some(venue);
    }
    line.address.clone().or_else(|| line.online.then(|| "线上".to_owned())).or_else(|| line.of_order.then(|| "在点单的地址（见点单）".to_owned()))
}
