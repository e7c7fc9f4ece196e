//! Equipment that travels, and its loans in every state that is worth a look: two wishes for the same days, one that is out, one that
//! came back, one that was refused. Days are counted from today by the calendar.

use chrono::{Duration, NaiveDate, NaiveTime};

use super::people::{COUNTY, YOUYI};
use super::telling::Telling;
use crate::actor::Act;
use crate::app::App;
use crate::auth;
use crate::clock::{COUNTY_ZONE, Clock, Moment};
use crate::db::Db;
use crate::equipment::needs::{AgreeLoan, Condition, EquipmentFacts, RefuseLoan, ReportLoan, WishEquipment};
use crate::equipment::{self, EquipmentKind, Opened};
use crate::error::{Error, Result};
use crate::ids::{EquipmentId, LoanId};
use crate::wire::{Body, Change, Seen};

/// For so many days the equipment has been entered.
const ENTERED: i64 = -60;

/// A piece of equipment and what became of the wishes for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lent {
    /// A login of its home.
    by: &'static str,
    home: &'static str,
    name: &'static str,
    kind: EquipmentKind,
    /// A division's code.
    place: &'static str,
    needs_power: bool,
    floor_space: Option<i32>,
    notes: &'static str,
    wishes: &'static [Wish],
}

/// A wish for some days.
#[derive(Debug, Clone, Copy)]
struct Wish {
    by: &'static str,
    borrower: &'static str,
    wished: i64,
    from: i64,
    until: i64,
    purpose: &'static str,
    then: &'static [Then],
}

/// What was done with a wish, on which day.
#[derive(Debug, Clone, Copy)]
enum Then {
    Agreed(i64, &'static str),
    Refused(i64, &'static str),
    HandedOver(i64, &'static str),
    GivenBack(i64, &'static str),
    /// By the borrower: person-times, and words.
    Reported(i64, i32, &'static str),
}

/// All of it.
pub(super) const ALL: &[Lent] = &[
    Lent {
        by: "officer.kexie",
        home: "县科协",
        name: "科普大篷车",
        kind: EquipmentKind::Caravan,
        place: COUNTY,
        needs_power: true,
        floor_space: Some(60),
        notes: "随车展品20件，可以停在操场上展出。请留一个大车位，接220伏电源。",
        wishes: &[
            Wish {
                by: "scheduler.xinglong",
                borrower: "兴隆镇新时代文明实践所",
                wished: -35,
                from: -20,
                until: -18,
                purpose: "三所村小巡展",
                then: &[
                    Then::Agreed(-33, "请派车带路"),
                    Then::HandedOver(-20, "展品20件齐全，车况良好"),
                    Then::GivenBack(-18, "齐全，3号展台插头松动，已修"),
                    Then::Reported(-17, 640, "走了三所学校，孩子们最喜欢虚拟骑行。"),
                ],
            },
            Wish {
                by: "scheduler.youyi", borrower: "友谊镇新时代文明实践所", wished: -4, from: 12, until: 14, purpose: "全镇中小学巡展", then: &[]
            },
            Wish {
                by: "scheduler.xinglong", borrower: "兴隆镇新时代文明实践所", wished: -3, from: 13, until: 15, purpose: "赶集日进村展出", then: &[]
            },
        ],
    },
    Lent {
        by: "officer.kexie",
        home: "县科协",
        name: "防灾减灾展板",
        kind: EquipmentKind::Boards,
        place: YOUYI,
        needs_power: false,
        floor_space: Some(30),
        notes: "一套30块，带展架，一辆面包车能拉走。",
        wishes: &[Wish {
            by: "scheduler.fanrong",
            borrower: "繁荣社区新时代文明实践站",
            wished: -9,
            from: -3,
            until: 4,
            purpose: "社区大厅展出一周",
            then: &[Then::Agreed(-8, ""), Then::HandedOver(-3, "30块齐全")],
        }],
    },
    Lent {
        by: "scheduler.county",
        home: "友谊县新时代文明实践中心",
        name: "声光电互动展品",
        kind: EquipmentKind::Exhibits,
        place: COUNTY,
        needs_power: true,
        floor_space: Some(120),
        notes: "一套12件，要室内场地，安装要半天。",
        wishes: &[Wish {
            by: "scheduler.youyi",
            borrower: "友谊镇新时代文明实践所",
            wished: -6,
            from: 20,
            until: 26,
            purpose: "寒假科普周",
            then: &[Then::Refused(-5, "展品要送回厂家检修，下个月可以借。")],
        }],
    },
    Lent {
        by: "leader.yizhong",
        home: "友谊县第一中学科学教育科技志愿服务队",
        name: "教学机器人套件",
        kind: EquipmentKind::Robots,
        place: YOUYI,
        needs_power: true,
        floor_space: None,
        notes: "10套，每套要一台电脑。队员可以来教。",
        wishes: &[Wish {
            by: "scheduler.fanrong",
            borrower: "繁荣社区新时代文明实践站",
            wished: -2,
            from: 8,
            until: 9,
            purpose: "周末亲子编程",
            then: &[Then::Agreed(-1, "请自备电脑")],
        }],
    },
];

impl Telling<'_> {
    /// Enters the equipment and tells its loans, each on its day.
    pub(super) fn lend(&mut self, all: &[Lent]) -> Result<()> {
        for lent in all {
            self.lend_one(lent).map_err(|error| Error::Broken(format!("{}: {error}", lent.name)))?;
        }
        Ok(())
    }

    fn lend_one(&mut self, lent: &Lent) -> Result<()> {
        let facts = EquipmentFacts {
            organisation_id: self.organisation(lent.home)?,
            name: lent.name.to_owned(),
            kind: lent.kind,
            division_code: lent.place.to_owned(),
            needs_power: lent.needs_power,
            floor_space: lent.floor_space,
            notes: lent.notes.to_owned(),
        };
        let (app, person) = (self.app_on(ENTERED), self.person(lent.by)?);
        let key = format!("demo equipment {}", lent.name);
        let made = auth::as_person(self.db, &app, person, |db, caller| equipment::create(db, &app, &Change::made(caller, None, &key, facts)))?;
        lent.wishes.iter().try_for_each(|wish| self.wish(lent, made.id, wish))
    }

    fn wish(&mut self, lent: &Lent, id: EquipmentId, wish: &Wish) -> Result<()> {
        let body = WishEquipment {
            borrower_id: self.organisation(wish.borrower)?,
            from_day: self.today(wish.from),
            until_day: self.today(wish.until),
            purpose: wish.purpose.to_owned(),
        };
        let (app, person) = (self.app_on(wish.wished), self.person(wish.by)?);
        let key = format!("demo wish {} {}", lent.name, wish.from);
        let (_, opened) = auth::as_person(self.db, &app, person, |db, caller| equipment::wish(db, &app, &Change::made(caller, None, &key, body), id))?;
        let loan = opened.loan.id;
        let condition = |words: &str| Condition { condition: words.to_owned() };
        for then in wish.then {
            match *then {
                Then::Agreed(day, words) => {
                    let words = Some(words.to_owned()).filter(|words| !words.is_empty());
                    self.do_loan(day, lent.by, loan, AgreeLoan { words }, equipment::agree)?;
                }
                Then::Refused(day, reason) => self.do_loan(day, lent.by, loan, RefuseLoan { reason: reason.to_owned() }, equipment::refuse)?,
                Then::HandedOver(day, words) => self.do_loan(day, lent.by, loan, condition(words), equipment::hand_over)?,
                Then::GivenBack(day, words) => self.do_loan(day, lent.by, loan, condition(words), equipment::give_back)?,
                Then::Reported(day, attendance, words) => {
                    self.do_loan(day, wish.by, loan, ReportLoan { attendance, remarks: words.to_owned() }, equipment::report)?;
                }
            }
        }
        Ok(())
    }

    /// Does something with a loan on a day, as somebody who has just looked at it.
    fn do_loan<B: Body>(
        &mut self,
        day: i64,
        by: &'static str,
        id: LoanId,
        body: B,
        deed: impl FnOnce(&mut Db, &App, &Change<B>, LoanId) -> Result<(Act, Opened)>,
    ) -> Result<()> {
        let (app, person) = (self.app_on(day), self.person(by)?);
        let key = format!("demo loan {id} day {day} {by}");
        auth::as_person(self.db, &app, person, |db, caller| {
            let act = auth::signed_in(db, &app, &caller)?;
            let version = equipment::look(db, &act, id)?.loan.version;
            deed(db, &app, &Change::made(caller, Some(Seen(version)), &key, body), id)
        })?;
        Ok(())
    }

    /// The day so many days from today.
    fn today(&self, days: i64) -> NaiveDate {
        self.app().clock.now().plus(Duration::days(days)).day(COUNTY_ZONE)
    }

    /// The instance at nine o'clock of a day.
    fn app_on(&self, days: i64) -> App {
        let nine = NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default();
        App { clock: Clock::held(Moment::local(COUNTY_ZONE, self.today(days), nine)), ..self.app().clone() }
    }
}
