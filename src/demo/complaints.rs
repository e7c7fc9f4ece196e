//! What people complained about in the demo, and what came of it: one complaint or more in every state.

use super::people::{IN_TOWN, IN_VILLAGE, ON_FARM};
use super::story::When;
use super::telling::Telling;
use crate::app::App;
use crate::auth;
use crate::complaints::{self, needs};
use crate::db::Db;
use crate::error::{Error, Refusal, Result};
use crate::ids::ComplaintId;
use crate::orders;
use crate::orders::needs::{Consent, Given, Nothing};
use crate::wire::{Body, Caller, Change, Seen};

/// A complaint and what became of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grievance {
    pub key: &'static str,
    /// A login; empty: a visitor.
    pub by: &'static str,
    /// The story of the order that it is about; empty: about none.
    pub about: &'static str,
    pub page: &'static str,
    /// A phone; empty: none is left.
    pub phone: &'static str,
    pub words: &'static str,
    pub complained: When,
    pub then: &'static [Turn],
}

/// When, by whom (a login), what.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn(pub When, pub &'static str, pub Said);

/// A move with its words.
#[derive(Debug, Clone, Copy)]
pub(super) enum Said {
    Answer(&'static str),
    NotSatisfied(&'static str),
    Withdraw,
}

/// A grievance to be filled in.
const GRIEVANCE: Grievance = Grievance { key: "", by: "", about: "", page: "/", phone: "", words: "", complained: When::Ago(0), then: &[] };

/// On the so many-th working day before today.
const fn day(back: i32, hour: u32, minute: u32) -> When {
    When::Day(-back, hour, minute)
}

/// Every complaint.
pub(super) const ALL: &[Grievance] = &[
    Grievance {
        key: "nobody-came",
        about: "cat-scratch",
        page: "/track",
        phone: "13904695511",
        words: "约好三点半，孩子等到放学也没见人来，也没人打电话说一声。",
        complained: When::Ago(95),
        ..GRIEVANCE
    },
    Grievance {
        key: "small-letters", by: IN_TOWN, words: "首页的字太小，我妈看不清，找不到放大的地方。", complained: day(18, 9, 30), ..GRIEVANCE
    },
    Grievance {
        key: "headcount",
        by: IN_VILLAGE,
        about: "first-aid",
        page: "/orders",
        words: "上报的人数对不上，我说了站里没人理。",
        complained: day(4, 15, 0),
        then: &[Turn(
            day(2, 10, 0),
            "dispatcher.xinglong",
            Said::Answer("已调阅签到和照片，正在按异议程序核实人数，结果会通知您。站里没有及时回应，已批评改正。"),
        )],
        ..GRIEVANCE
    },
    Grievance {
        key: "no-call",
        by: IN_TOWN,
        about: "wechat-pay",
        page: "/orders",
        phone: IN_TOWN,
        words: "排了日子没有告诉我在哪间屋子，打站里电话没人接。",
        complained: day(3, 14, 0),
        then: &[
            Turn(day(2, 9, 0), "dispatcher.youyi", Said::Answer("地点是您登记的地址，已让服务队联系您。")),
            Turn(day(1, 16, 0), IN_TOWN, Said::NotSatisfied("到今天还没有人联系我，站里电话还是没人接。")),
        ],
    },
    Grievance {
        key: "always-full",
        by: IN_TOWN,
        page: "/venues",
        words: "活动室周末总是显示不开放，上班的人没法去。",
        complained: day(12, 9, 0),
        then: &[
            Turn(day(11, 10, 0), "dispatcher.county", Said::Answer("周末开放需要值守人员，目前安排不开。")),
            Turn(day(10, 19, 0), IN_TOWN, Said::NotSatisfied("一个月开一个周末也行，请再想想办法。")),
            Turn(day(8, 9, 0), "supervisor.county", Said::Answer("已与友谊镇商定，每月第二个周六上午开放，从下月起，场地页会标明。")),
        ],
        ..GRIEVANCE
    },
    Grievance {
        key: "wrong-place",
        by: ON_FARM,
        words: "农场的人不知道该找谁点单。",
        complained: day(5, 10, 0),
        then: &[Turn(day(4, 9, 0), ON_FARM, Said::Withdraw)],
        ..GRIEVANCE
    },
];

impl Telling<'_> {
    pub(super) fn complain(&mut self, app: &App, grievance: &Grievance) -> Result<()> {
        let order = if grievance.about.is_empty() { None } else { Some(self.order(grievance.about)?) };
        let number = order.map(|id| orders::store::find(self.db, id)).transpose()?.flatten().map(|order| order.row.number);
        let visitor = grievance.by.is_empty();
        let phone = Some(grievance.phone.to_owned()).filter(|phone| !phone.is_empty());
        let body = needs::Complain {
            words: grievance.words.to_owned(),
            order_id: order.filter(|_| !visitor),
            order_number: number.filter(|_| visitor),
            page: Some(grievance.page.to_owned()),
            consent: phone.is_some().then(|| Consent { version: super::NOTICE_VERSION.to_owned(), given: Given::Here }),
            contact_phone: phone,
            ..needs::Complain::default()
        };
        let key = format!("demo {} complain", grievance.key);
        let made = |db: &mut Db, caller: Caller| complaints::complain(db, app, &Change::made(caller, None, &key, body));
        let complained = if visitor { made(self.db, Caller::inside(None))? } else { auth::as_person(self.db, app, self.person(grievance.by)?, made)? };
        self.complaints.insert(grievance.key, complained.opened.complaint.row.id);
        Ok(())
    }

    pub(super) fn turn(&mut self, app: &App, grievance: &Grievance, turn: &Turn) -> Result<()> {
        match turn.2 {
            Said::Answer(words) => self.say(app, grievance, turn, needs::AnswerComplaint { words: words.to_owned() }, complaints::answer),
            Said::NotSatisfied(words) => self.say(app, grievance, turn, needs::NotSatisfied { words: words.to_owned() }, complaints::not_satisfied),
            Said::Withdraw => self.say(app, grievance, turn, Nothing {}, complaints::withdraw),
        }
    }

    /// Makes a move as somebody who has just looked at the complaint.
    fn say<B: Body, T>(
        &mut self,
        app: &App,
        grievance: &Grievance,
        turn: &Turn,
        body: B,
        deed: impl FnOnce(&mut Db, &App, &Change<B>, ComplaintId) -> Result<T>,
    ) -> Result<()> {
        let id = *self.complaints.get(grievance.key).ok_or_else(|| Error::Broken(format!("nobody complained of {} yet", grievance.key)))?;
        let complaint = complaints::store::find(self.db, id)?.ok_or_else(Refusal::not_found)?;
        let key = format!("demo {} {}", grievance.key, complaint.row.version);
        let person = self.person(turn.1)?;
        auth::as_person(self.db, app, person, |db, caller| deed(db, app, &Change::made(caller, Some(Seen(complaint.row.version)), &key, body), id))?;
        Ok(())
    }
}
