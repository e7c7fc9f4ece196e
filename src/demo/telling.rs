//! Tells the stories in the order of time, through the deeds: with history, journal and word to all who should hear.

use std::collections::{BTreeMap, HashMap};

use chrono::Duration;

use super::complaints::{Grievance, Turn};
use super::lent::Lent;
use super::planned::Planned;
use super::story::{Deed, Slot, Step, Story, When};
use crate::app::App;
use crate::auth;
use crate::clock::{Calendar, Clock, Moment};
use crate::db::Db;
use crate::error::{Error, Refusal, Result};
use crate::ids::{ComplaintId, OrderId, OrganisationId, PersonId, VenueId};
use crate::orders::{self, needs};
use crate::wire::{Body, Caller, Change, Seen};
use crate::worker;
use crate::{divisions, events, venues};

/// The plan that the stories' tasks are of.
pub(super) const PLAN: &str = "youyi-2021";

/// What is told next: a story's beginning or one of its steps, a complaint or what was said to it.
#[derive(Clone, Copy)]
enum Told {
    Order(&'static Story, Option<&'static Step>),
    Complaint(&'static Grievance, Option<&'static Turn>),
}

/// The demo's past under way.
pub(super) struct Telling<'a> {
    pub(super) db: &'a mut Db,
    app: &'a App,
    county: &'a str,
    now: Moment,
    calendar: Calendar,
    people: HashMap<&'static str, PersonId>,
    orders: HashMap<&'static str, OrderId>,
    pub(super) complaints: HashMap<&'static str, ComplaintId>,
    organisations: HashMap<&'static str, OrganisationId>,
    deeds: usize,
}

impl<'a> Telling<'a> {
    pub(super) fn new(db: &'a mut Db, app: &'a App, county: &'a str, people: HashMap<&'static str, PersonId>) -> Result<Self> {
        let calendar = divisions::calendar(db, county)?;
        let (orders, complaints, organisations) = (HashMap::new(), HashMap::new(), HashMap::new());
        Ok(Self { db, app, county, now: app.clock.now(), calendar, people, orders, complaints, organisations, deeds: 0 })
    }

    /// Tells everything that lies before now; between, each morning, the worker does what was due.
    pub(super) fn tell(mut self, stories: &[&'static [Story]], complaints: &'static [Grievance], events: &[Planned], equipment: &[Lent]) -> Result<()> {
        let mut timeline: BTreeMap<(Moment, usize), Told> = BTreeMap::new();
        for story in stories.iter().copied().flatten() {
            timeline.insert((self.moment(story.submitted), timeline.len()), Told::Order(story, None));
            for step in story.then {
                timeline.insert((self.moment(step.0), timeline.len()), Told::Order(story, Some(step)));
            }
        }
        for grievance in complaints {
            timeline.insert((self.moment(grievance.complained), timeline.len()), Told::Complaint(grievance, None));
            for turn in grievance.then {
                timeline.insert((self.moment(turn.0), timeline.len()), Told::Complaint(grievance, Some(turn)));
            }
        }
        let mut morning = timeline.keys().next().map_or(self.now, |(first, _)| *first);
        for ((then, _), next) in timeline {
            while morning < then {
                worker::catch_up(self.db, morning)?;
                morning = morning.plus(Duration::hours(6));
            }
            let app = App { clock: Clock::held(then), ..self.app.clone() };
            let told = match next {
                Told::Order(story, None) => self.submit(&app, story),
                Told::Order(story, Some(step)) => self.step(&app, story, step),
                Told::Complaint(grievance, None) => self.complain(&app, grievance),
                Told::Complaint(grievance, Some(turn)) => self.turn(&app, grievance, turn),
            };
            told.map_err(|error| failed(next, error))?;
        }
        self.plan_events(events)?;
        self.lend(equipment)
    }

    pub(super) fn app(&self) -> &App {
        self.app
    }

    pub(super) fn moment(&self, when: When) -> Moment {
        match when {
            When::Ago(minutes) => self.now.minus(Duration::minutes(minutes)),
            When::Day(days, hour, minute) => self.on(days, hour, minute),
        }
    }

    /// A time on the so many-th working day from today.
    fn on(&self, days: i32, hour: u32, minute: u32) -> Moment {
        let mut day = self.now.day(self.calendar.zone);
        for _ in 0..days.unsigned_abs() {
            loop {
                day = if days < 0 { day.pred_opt() } else { day.succ_opt() }.unwrap_or(day);
                if self.calendar.works(day) {
                    break;
                }
            }
        }
        Moment::local(self.calendar.zone, day, chrono::NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default())
    }

    pub(super) fn slots(&self, slots: &[Slot]) -> Vec<(Moment, Moment, &'static str)> {
        let span = |slot: &Slot| {
            let starts = self.on(slot.0, slot.1, slot.2);
            (starts, starts.plus(Duration::minutes(slot.3)), slot.4)
        };
        slots.iter().map(span).collect()
    }

    /// Slots as they are scheduled: in the hands of whoever schedules, without a minute more.
    pub(super) fn sessions(&mut self, slots: &[Slot]) -> Result<Vec<needs::ScheduledSession>> {
        let mut sessions = Vec::new();
        for (starts_at, ends_at, venue) in self.slots(slots) {
            sessions.push(needs::ScheduledSession {
                venue_id: self.venue(venue)?,
                space_id: None,
                places: None,
                starts_at,
                ends_at,
                in_charge: None,
                setup_minutes: None,
                clearing_minutes: None,
                travel_minutes: None,
                equipment_ids: Vec::new(),
            });
        }
        Ok(sessions)
    }

    pub(super) fn organisation(&mut self, name: &'static str) -> Result<OrganisationId> {
        if let Some(id) = self.organisations.get(name) {
            return Ok(*id);
        }
        let id = super::organisation(self.db, self.county, name)?;
        self.organisations.insert(name, id);
        Ok(id)
    }

    pub(super) fn venue(&mut self, name: &str) -> Result<Option<VenueId>> {
        if name.is_empty() {
            return Ok(None);
        }
        let found = venues::find_by_name(self.db, self.county, name)?;
        Ok(Some(found.ok_or_else(|| Error::Broken(format!("the county has no venue {name}")))?.id))
    }

    fn submit(&mut self, app: &App, story: &'static Story) -> Result<()> {
        let for_other = story.by.starts_with("dispatcher");
        let windows = story.windows.iter().map(|(day, from, to)| needs::Window { from: self.on(*day, *from, 0), to: self.on(*day, *to, 0) }).collect();
        let body = needs::Submit {
            title: story.title.to_owned(),
            details: story.details.to_owned(),
            audience: story.audience,
            attendees: story.attendees,
            division_code: story.place.to_owned(),
            address: story.address.to_owned(),
            contact_name: story.contact.0.to_owned(),
            contact_phone: Some(story.contact.1.to_owned()).filter(|phone| !phone.is_empty()),
            windows,
            urgent: story.urgent,
            plan_task: None,
            channel: Some(story.channel),
            for_other,
            requesting_organisation_id: None,
            others_may_come: false,
            consent: needs::Consent { version: super::NOTICE_VERSION.to_owned(), given: if for_other { needs::Given::Spoken } else { needs::Given::Here } },
        };
        let key = format!("demo {} submit", story.key);
        let made = |db: &mut Db, caller: Caller| orders::submit(db, app, &Change::made(caller, None, &key, body));
        let submitted = match story.by {
            "" => made(self.db, Caller::inside(None))?,
            login => {
                let person = self.person(login)?;
                auth::as_person(self.db, app, person, made)?
            }
        };
        self.orders.insert(story.key, submitted.opened.order.row.id);
        Ok(())
    }

    /// Makes a move as somebody who has just looked at the order.
    fn make<B: Body, T>(
        &mut self,
        app: &App,
        told: (&Story, &Step),
        body: B,
        deed: impl FnOnce(&mut Db, &App, &Change<B>, OrderId) -> Result<T>,
    ) -> Result<()> {
        let id = self.order(told.0.key)?;
        let order = orders::store::find(self.db, id)?.ok_or_else(Refusal::not_found)?;
        self.deeds += 1;
        let key = format!("demo {} {}", told.0.key, self.deeds);
        let person = self.person(told.1.1)?;
        auth::as_person(self.db, app, person, |db, caller| deed(db, app, &Change::made(caller, Some(Seen(order.row.version)), &key, body), id))?;
        Ok(())
    }

    pub(super) fn person(&self, login: &str) -> Result<PersonId> {
        self.people.get(login).copied().ok_or_else(|| Error::Broken(format!("nobody signs in as {login}")))
    }

    pub(super) fn order(&self, key: &str) -> Result<OrderId> {
        self.orders.get(key).copied().ok_or_else(|| Error::Broken(format!("no story {key} was told yet")))
    }

    fn dispatch(&mut self, lead: &'static str, with: &[&'static str], task: &str, summary: &str) -> Result<needs::Dispatch> {
        let co_unit_ids = with.iter().map(|unit| self.organisation(unit)).collect::<Result<Vec<_>>>()?;
        let plan_task = Some(task).filter(|task| !task.is_empty()).map(|task| needs::PlanTask { plan: PLAN.to_owned(), task: task.to_owned() });
        let outside_plan = plan_task.is_none();
        Ok(needs::Dispatch { department_id: self.organisation(lead)?, co_unit_ids, plan_task, outside_plan, summary: summary.to_owned() })
    }

    fn step(&mut self, app: &App, story: &'static Story, step: &'static Step) -> Result<()> {
        let told = (story, step);
        let reason = |text: &str| needs::Reason { reason: text.to_owned() };
        match step.2 {
            Deed::Dispatch(lead, with, task, summary) => {
                let body = self.dispatch(lead, with, task, summary)?;
                self.make(app, told, body, orders::dispatch)
            }
            Deed::DecideLead(lead, with, task, summary) => {
                let body = self.dispatch(lead, with, task, summary)?;
                self.make(app, told, body, orders::decide_lead)
            }
            Deed::Redispatch(to, why) => {
                let body = needs::Redispatch { department_id: self.organisation(to)?, reason: why.to_owned() };
                self.make(app, told, body, orders::redispatch)
            }
            Deed::Return(why, whose) => {
                let department_id = if whose.is_empty() { None } else { Some(self.organisation(whose)?) };
                self.make(app, told, needs::Return { reason: why.to_owned(), department_id }, orders::give_back)
            }
            Deed::Reject(why) => self.make(app, told, reason(why), orders::reject),
            Deed::Merge(into) => {
                let into_order_id = self.order(into)?;
                self.make(app, told, needs::Merge { into_order_id }, orders::merge)
            }
            Deed::Transfer(to, why) => {
                let body = needs::Transfer { centre_id: self.organisation(to)?, reason: why.to_owned() };
                self.make(app, told, body, orders::transfer)
            }
            Deed::SetUrgency(urgent, why) => self.make(app, told, needs::SetUrgency { urgent, reason: why.to_owned() }, orders::set_urgency),
            Deed::Ask(question) => self.make(app, told, needs::Question { question: question.to_owned() }, orders::ask),
            Deed::Reply(answer) => self.make(app, told, needs::Reply { answer: answer.to_owned() }, orders::reply),
            Deed::Answer(text) => self.make(app, told, needs::Answer { kind: None, text: text.to_owned() }, orders::answer),
            Deed::Accept => self.make(app, told, needs::Accept::default(), orders::accept),
            Deed::AcceptFor(team) => {
                let body = needs::Accept { offer_to_team_id: Some(self.organisation(team)?), ..needs::Accept::default() };
                self.make(app, told, body, orders::accept)
            }
            Deed::Decline => self.make(app, told, needs::Nothing {}, orders::decline),
            Deed::Claim(team) => {
                let team_id = self.organisation(team)?;
                self.make(app, told, needs::Claim { team_id }, orders::claim)
            }
            Deed::Propose(slots) => {
                let mut sessions = Vec::new();
                for (starts_at, ends_at, venue) in self.slots(slots) {
                    sessions.push(needs::ProposedSession { venue_id: self.venue(venue)?, starts_at, ends_at });
                }
                self.make(app, told, needs::Propose { sessions }, orders::propose)
            }
            Deed::Schedule(slots) => {
                let sessions = self.sessions(slots)?;
                self.make(app, told, needs::Schedule { sessions }, orders::schedule)
            }
            Deed::ConfirmVenues => self.confirm_venues(app, step.1),
            Deed::Postpone(why, words) => self.make(app, told, needs::Postpone { reason: why, words: Some(words.to_owned()) }, orders::postpone),
            Deed::Release(why) => self.make(app, told, reason(why), orders::release),
            Deed::Fulfil(came, report) => {
                let body = self.report(story, came, report)?;
                self.make(app, told, body, orders::fulfil)
            }
            Deed::Review(stars, words) => self.make(app, told, needs::Review { stars, words: Some(words.to_owned()) }, orders::review),
            Deed::Dispute(kind, words) => self.make(app, told, needs::Dispute { kind, words: words.to_owned() }, orders::dispute),
            Deed::Settle(words) => self.make(app, told, needs::Decision { words: words.to_owned() }, orders::settle),
            Deed::Dismiss(words) => self.make(app, told, needs::Decision { words: words.to_owned() }, orders::dismiss),
            Deed::RevealContact(why) => self.make(app, told, reason(why), orders::reveal_contact),
            Deed::Withdraw => self.make(app, told, needs::Nothing {}, orders::withdraw),
            Deed::GiveUp(why) => self.make(app, told, reason(why), orders::give_up),
            Deed::Reopen(why) => self.make(app, told, needs::Reopen { reason: why.to_owned() }, orders::reopen),
        }
    }

    fn report(&mut self, story: &Story, came: &[i32], report: &str) -> Result<needs::Fulfil> {
        let order = orders::store::find(self.db, self.order(story.key)?)?.ok_or_else(Refusal::not_found)?;
        let event = order.progress.event_id.ok_or_else(Refusal::not_found)?;
        let held = |(session, attendance): (events::Session, &i32)| needs::HeldSession { id: session.id, attendance: *attendance, held: None };
        let sessions = events::sessions(self.db, event)?.into_iter().zip(came).map(held).collect();
        Ok(needs::Fulfil { sessions, report: report.to_owned() })
    }
}

/// A story that the deeds refuse is a fault of the story or of the county's data: told with all that was said.
fn failed(told: Told, error: Error) -> Error {
    let faults = match &error {
        Error::Refused(refusal) => refusal.faults.iter().map(|fault| format!(" {} {}", fault.pointer, fault.detail)).collect(),
        _ => String::new(),
    };
    let (key, what) = match told {
        Told::Order(story, step) => (story.key, step.map_or_else(|| "submit".to_owned(), |step| format!("{:?} by {}", step.2, step.1))),
        Told::Complaint(grievance, turn) => (grievance.key, turn.map_or_else(|| "complain".to_owned(), |turn| format!("{:?} by {}", turn.2, turn.1))),
    };
    Error::Broken(format!("the demo's story {key}, {what}: {error}{faults}"))
}
