//! What else takes place around the times that are thought of, for whom.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamp};

use super::calendar_store::touching;
use crate::clock::{Moment, Span};
use crate::db::{Clause, Db};
use crate::error::Result;
use crate::ids::{EventId, OrganisationId, PersonId};
use crate::on_engine;

/// A session that is to be held.
#[derive(Debug, Clone)]
pub struct Other {
    pub organiser: Option<OrganisationId>,
    pub in_charge: PersonId,
    pub span: Span,
    /// Of its venue, else of its event.
    pub division: Option<String>,
}

type OtherSql = (Nullable<BigInt>, BigInt, Timestamp, Timestamp, Nullable<Text>);
type OtherRow = (Option<OrganisationId>, PersonId, Moment, Moment, Option<String>);

/// The sessions of a team or of these people that touch a span and are to be held, but those of one event, in one statement.
pub fn around(db: &mut Db, team: Option<OrganisationId>, people: &[PersonId], span: Span, own: Option<EventId>) -> Result<Vec<Other>> {
    let mut whose: Vec<Clause> = people.iter().map(|person| Clause::sql("event_sessions.in_charge_id = ").bind(person.0)).collect();
    whose.extend(team.map(|team| Clause::sql("events.organiser_id = ").bind(team.0)));
    let Some(whose) = whose.into_iter().reduce(Clause::or) else { return Ok(Vec::new()) };
    let question = Clause::sql(
        "SELECT events.organiser_id, event_sessions.in_charge_id, event_sessions.starts_at, event_sessions.ends_at, \
         coalesce(venues.division_code, events.division_code) FROM event_sessions JOIN events ON events.id = event_sessions.event_id \
         LEFT JOIN venues ON venues.id = event_sessions.venue_id WHERE event_sessions.state = 'planned' AND ",
    )
    .with(touching(span))
    .then(" AND events.id <> ")
    .bind(own.map_or(0, |own| own.0))
    .then(" AND ")
    .with(whose)
    .asked::<OtherSql>();
    let rows: Vec<OtherRow> = on_engine!(db, conn => question.load(conn))?;
    Ok(rows.into_iter().map(|(organiser, in_charge, starts, ends, division)| Other { organiser, in_charge, span: (starts, ends), division }).collect())
}
