//! Events that centres, departments and teams plan by themselves: some coming, some held, a draft, one called off by the snow.

use chrono::Duration;

use super::people::{IN_TOWN, IN_VILLAGE, YOUYI};
use super::story::{Slot, When};
use super::telling::Telling;
use crate::actor::Act;
use crate::app::App;
use crate::auth;
use crate::bookings::Status;
use crate::clock::Clock;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::events::needs::{CancelEvent, EventFacts, HeldSession, PlanTask, ReportEvent};
use crate::events::planning;
use crate::events::{Audience, EventKind};
use crate::ids::EventId;
use crate::keeping;
use crate::orders::needs::{Consent, Given};
use crate::registrations;
use crate::registrations::needs::{RegisterForEvent, SetTerms};
use crate::wire::{Body, Caller, Change, Cursor, Nothing, Seen};

/// What became of it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Then {
    StaysADraft,
    IsPublished,
    /// How many came to each session, and what was done.
    IsHeld(&'static [i32], &'static str),
    IsCalledOff(&'static str),
}

/// An event and what became of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Planned {
    /// A login.
    by: &'static str,
    organiser: &'static str,
    title: &'static str,
    description: &'static str,
    kind: EventKind,
    audience: Audience,
    expected: i32,
    /// A division's code.
    place: &'static str,
    /// Where it is, if it is in no venue.
    address: &'static str,
    /// A code of the plan; empty: outside the plan.
    task: &'static str,
    open: bool,
    planned: When,
    sessions: &'static [Slot],
    then: Then,
}

/// The version of the words on registering that everybody consented to.
const REGISTRATION_VERSION: &str = "registration-2026-01";

/// All of them.
pub(super) const ALL: &[Planned] = &[
    Planned {
        by: "scheduler.youyi",
        organiser: "友谊镇新时代文明实践所",
        title: "家庭用电安全讲座",
        description: "讲插座、取暖器和电动车充电，带上家里的旧插排，现场免费检测。",
        kind: EventKind::Lecture,
        audience: Audience::General,
        expected: 50,
        place: YOUYI,
        address: "",
        task: "",
        open: true,
        planned: When::Day(-3, 9, 10),
        sessions: &[(3, 18, 0, 90, "友谊镇新时代文明实践所活动室")],
        then: Then::IsPublished,
    },
    Planned {
        by: "scheduler.xinglong",
        organiser: "兴隆镇新时代文明实践所",
        title: "冬季大棚管理培训",
        description: "县农技中心的老师讲保温、通风和病害，两个半天，可以只来一次。",
        kind: EventKind::Training,
        audience: Audience::Farmers,
        expected: 80,
        place: "230522101000",
        address: "",
        task: "A2.1",
        open: true,
        planned: When::Day(-2, 10, 0),
        sessions: &[(5, 17, 0, 120, "兴隆镇新时代文明实践所大讲堂"), (6, 17, 0, 120, "兴隆镇新时代文明实践所大讲堂")],
        then: Then::IsPublished,
    },
    Planned {
        by: "officer.kexie",
        organiser: "县科协",
        title: "科普展板进广场",
        description: "低碳生活、食品安全、防灾减灾三组展板，有志愿者讲解。",
        kind: EventKind::Exhibition,
        audience: Audience::General,
        expected: 300,
        place: YOUYI,
        address: "友谊镇文化广场",
        task: "",
        open: true,
        planned: When::Day(-4, 14, 0),
        sessions: &[(8, 9, 0, 420, "")],
        then: Then::IsPublished,
    },
    Planned {
        by: "scheduler.county",
        organiser: "友谊县新时代文明实践中心",
        title: "青少年科学调查体验日",
        description: "",
        kind: EventKind::OpenDay,
        audience: Audience::Youth,
        expected: 60,
        place: YOUYI,
        address: "",
        task: "A1.1",
        open: false,
        planned: When::Day(-1, 15, 0),
        sessions: &[(9, 17, 30, 90, "县图书馆报告厅")],
        then: Then::StaysADraft,
    },
    Planned {
        by: "officer.kexie",
        organiser: "县科协",
        title: "科普剧《一度电的旅行》",
        description: "县第一中学科技社团演出，四十分钟，演完可以上台看道具。",
        kind: EventKind::Other,
        audience: Audience::Children,
        expected: 120,
        place: YOUYI,
        address: "",
        task: "",
        open: true,
        planned: When::Day(-1, 10, 0),
        sessions: &[(10, 18, 30, 60, "县文化馆小剧场")],
        then: Then::IsPublished,
    },
    Planned {
        by: "scheduler.youyi",
        organiser: "友谊镇新时代文明实践所",
        title: "防范电信诈骗讲座",
        description: "派出所民警讲身边的案例。",
        kind: EventKind::Lecture,
        audience: Audience::Elderly,
        expected: 40,
        place: YOUYI,
        address: "",
        task: "",
        open: true,
        planned: When::Day(-12, 9, 0),
        sessions: &[(-6, 18, 0, 60, "友谊镇新时代文明实践所活动室")],
        then: Then::IsHeld(&[43], "来了43人，发了宣传单60份。"),
    },
    Planned {
        by: "scheduler.youyi",
        organiser: "友谊镇新时代文明实践所",
        title: "户外观星",
        description: "带上望远镜，看冬季星空。",
        kind: EventKind::OpenDay,
        audience: Audience::Children,
        expected: 30,
        place: YOUYI,
        address: "友谊镇文化广场",
        task: "",
        open: true,
        planned: When::Day(-5, 9, 30),
        sessions: &[(2, 19, 0, 90, "")],
        then: Then::IsCalledOff("大雪封路，另行通知"),
    },
];

impl Telling<'_> {
    /// Plans them, each on its day.
    pub(super) fn plan_events(&mut self, all: &[Planned]) -> Result<()> {
        for planned in all {
            self.plan_event(planned).map_err(|error| Error::Broken(format!("{}: {error}", planned.title)))?;
        }
        Ok(())
    }

    fn plan_event(&mut self, planned: &Planned) -> Result<()> {
        let body = self.facts(planned)?;
        let over = body.sessions.iter().map(|session| session.ends_at).max();
        let then = self.moment(planned.planned);
        let key = format!("demo event {}", planned.title);
        let at = |minutes: i64| App { clock: Clock::held(then.plus(Duration::minutes(minutes))), ..self.app().clone() };
        let (draft, published, off) = (at(0), at(20), at(60));
        let made = |db: &mut Db, caller: Caller| planning::create(db, &draft, &Change::made(caller, None, &key, body));
        let person = self.person(planned.by)?;
        let (_, opened) = auth::as_person(self.db, &draft, person, made)?;
        let id = opened.event.id;
        if matches!(planned.then, Then::StaysADraft) {
            return Ok(());
        }
        self.do_event(&published, planned, id, Nothing {}, planning::publish)?;
        match planned.then {
            Then::IsPublished if planned.open => self.let_register(&off, planned, id),
            Then::StaysADraft | Then::IsPublished => Ok(()),
            Then::IsCalledOff(reason) => self.do_event(&off, planned, id, CancelEvent { reason: reason.to_owned() }, planning::call_off),
            Then::IsHeld(came, words) => {
                let after = over.unwrap_or(then).plus(Duration::hours(14));
                let sessions = opened.sessions.iter().zip(came).map(|(session, came)| HeldSession { id: session.id, attendance: *came, held: None }).collect();
                let after = App { clock: Clock::held(after), ..self.app().clone() };
                self.do_event(&after, planned, id, ReportEvent { sessions, words: Some(words.to_owned()) }, planning::report)
            }
        }
    }

    /// Lets people register for an event that is to come, and some do.
    fn let_register(&mut self, app: &App, planned: &Planned, id: EventId) -> Result<()> {
        let key = format!("demo registration {}", planned.title);
        let terms = SetTerms { places: planned.expected.max(1), closes_at: None, confirm_hours: None, pass_over: None };
        auth::as_person(self.db, app, self.person(planned.by)?, |db, caller| {
            registrations::set_terms(db, app, &Change::made(caller, Some(Seen(0)), &key, terms), id)
        })?;
        for (login, heads) in [(IN_TOWN, 3), (IN_VILLAGE, 1)] {
            let consent = Consent { version: REGISTRATION_VERSION.to_owned(), given: Given::Here };
            let body = RegisterForEvent { contact_name: None, contact_phone: None, heads, under_14: None, consent, guardian: None };
            auth::as_person(self.db, app, self.person(login)?, |db, caller| {
                registrations::register_for_event(db, app, &Change::made(caller, None, &key, body), id)
            })?;
        }
        Ok(())
    }

    /// Does something with an event as who planned it and has just looked at it.
    fn do_event<B: Body, T>(
        &mut self,
        app: &App,
        planned: &Planned,
        id: EventId,
        body: B,
        deed: impl FnOnce(&mut Db, &App, &Change<B>, EventId) -> Result<(Act, T)>,
    ) -> Result<()> {
        let person = self.person(planned.by)?;
        let key = format!("demo event {} {}", planned.title, std::any::type_name::<B>().rsplit("::").next().unwrap_or_default());
        auth::as_person(self.db, app, person, |db, caller| {
            let version = planning::look(db, app, &caller, id)?.1.event.version;
            deed(db, app, &Change::made(caller, Some(Seen(version)), &key, body), id)
        })?;
        Ok(())
    }

    /// The keeper of venues says yes to all that waits for it.
    pub(super) fn confirm_venues(&mut self, app: &App, login: &str) -> Result<()> {
        let person = self.person(login)?;
        auth::as_person(self.db, app, person, |db, caller| {
            let act = auth::signed_in(db, app, &caller)?;
            let waiting = keeping::list_bookings(db, &act, Some(Status::Tentative), Cursor { below: None, limit: 20 })?;
            waiting.iter().try_for_each(|booking| keeping::confirm(db, &act, booking.id))
        })
    }

    fn facts(&mut self, planned: &Planned) -> Result<EventFacts> {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Ok(EventFacts {
            organiser_id: self.organisation(planned.organiser)?,
            title: planned.title.to_owned(),
            description: text(planned.description),
            kind: planned.kind,
            online: None,
            open: Some(planned.open),
            division_code: planned.place.to_owned(),
            address: text(planned.address),
            audience: planned.audience,
            expected: planned.expected,
            plan_task: text(planned.task).map(|task| PlanTask { plan: super::telling::PLAN.to_owned(), task }),
            campaign_id: None,
            parent_id: None,
            sessions: self.sessions(planned.sessions)?,
        })
    }
}
