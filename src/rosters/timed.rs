//! What time does where nobody has said who was at a session: the team is reminded, then its centre is told.

use chrono::Duration;

use super::centre_above;
use super::state::reminders;
use super::store::{self, Unfiled};
use crate::actor::{Act, Role};
use crate::db::Db;
use crate::directory;
use crate::error::Result;
use crate::journal::{self, Capacity, Subject};
use crate::outbox::{self, About, To};

/// How far back sessions are looked at: longer than ten working days ever take.
const BACK_DAYS: i64 = 40;

/// Reminds up to `most` teams; says how many. The worker alone calls it.
pub fn remind(db: &mut Db, act: &Act, most: i64) -> Result<usize> {
    let mut done = 0;
    let directory = directory::current(db)?;
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    for unfiled in store::unfiled(db, act.now.minus(Duration::days(BACK_DAYS)), act.now)? {
        let Some(county) = directory.county(&unfiled.county) else { continue };
        let due = reminders(county.calendar.working_days_closed(unfiled.ends_at, act.now));
        if due > unfiled.rung && done < most && store::set_reminded(db, unfiled.session, unfiled.rung, due)? {
            ring(db, act, &unfiled, due)?;
            done += 1;
        }
    }
    Ok(done)
}

fn ring(db: &mut Db, act: &Act, unfiled: &Unfiled, due: i32) -> Result<()> {
    let (notice, to) = match due {
        3 => ("roster_late", centre_above(db, &unfiled.place_path, act.now)?),
        _ => ("roster_wanted", Some(To::Role(Role::Leader, unfiled.team))),
    };
    let subject = Subject { kind: "event", id: unfiled.event.0, version: None, county: Some(&unfiled.county) };
    journal::record(db, act, notice, subject, Capacity::default(), &["rung"])?;
    let about = About::served(unfiled.order, unfiled.event);
    to.map_or(Ok(()), |to| outbox::tell(db, act, notice, about, to))
}
