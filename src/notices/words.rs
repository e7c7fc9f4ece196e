//! What a notice says: one sentence in Chinese and in English for each kind. Only the number of the order or complaint, the title of
//! the event or the name of what is lent stands in it, never a person's name, phone or address.

use serde::Serialize;
use utoipa::ToSchema;

/// One sentence, in both languages of the interface.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Sentence {
    #[schema(example = "订单 KP7M2Q9XWA 已派给责任单位，等待领单。")]
    pub zh: String,
    #[schema(example = "Order KP7M2Q9XWA was dispatched to a department and waits to be accepted.")]
    pub en: String,
}

/// Kind, Chinese, English; `{}` is the order's or complaint's number, the event's title or the name of what is lent. The Chinese words
/// are those of the glossary.
pub(super) const WORDS: &[(&str, &str, &str)] = &[
    ("submit", "订单 {} 已提交，等待派单。", "Order {} was submitted and waits to be dispatched."),
    ("dispatch", "订单 {} 已派给责任单位，等待领单。", "Order {} was dispatched to a department and waits to be accepted."),
    ("redispatch", "订单 {} 已改派给另一责任单位。", "Order {} was dispatched to another department."),
    ("decide_lead", "县级中心已确定订单 {} 的牵头单位。", "The county centre decided which department leads order {}."),
    ("accept", "订单 {} 已领单，等待服务队接单。", "Order {} was accepted by the department and waits for a team."),
    ("open", "订单 {} 已向所有服务队开放接单。", "Order {} is open to all teams."),
    ("offer", "订单 {} 已定向推荐给贵队，可以接单，也可以谢绝。", "Order {} was offered to your team; you may claim or decline it."),
    ("expire_offer", "订单 {} 的定向推荐已到期，现向所有服务队开放。", "The offer of order {} has lapsed; the order is open to all teams."),
    ("decline", "服务队谢绝了订单 {}，现向所有服务队开放。", "The team declined order {}; it is open to all teams."),
    ("claim", "订单 {} 已有服务队接单，等待排期。", "Order {} was claimed by a team, which will schedule it."),
    ("propose", "订单 {} 收到了新的时间建议。", "A time was proposed for order {}."),
    ("schedule", "订单 {} 已排期，请查看时间和地点。", "Order {} is scheduled; see its time and place."),
    ("rescheduled", "订单 {} 的时间或地点有变，请查看新的安排。", "The time or place of order {} has changed; see the new schedule."),
    ("venue_asked", "订单 {} 申请使用贵单位的场地，请在期限内确认或谢绝。", "Order {} asks for a venue of yours; say yes or no in time."),
    ("venue_confirmed", "订单 {} 预订的场地已获确认。", "The venue for order {} was confirmed by its keeper."),
    ("venue_refused", "订单 {} 预订的场地未获同意，请另选场地。", "The keeper refused the venue for order {}; choose another place."),
    (
        "venue_lapsed",
        "订单 {} 预订的场地逾期未获确认，预订已取消，请另选场地。",
        "Nobody confirmed the venue for order {} in time and it was let go; choose another place.",
    ),
    ("postpone", "订单 {} 已延期，将另行安排时间。", "Order {} is postponed; a new time will be set."),
    ("release", "订单 {} 的服务队已退出，正在另找服务队。", "The team gave order {} back; another team is being looked for."),
    ("fulfil", "订单 {} 的服务已完成，请评单。", "Order {} is fulfilled and waits for its review."),
    ("answer", "订单 {} 已有答复，请查看。", "Order {} was answered; please read the answer."),
    ("review", "订单 {} 已评单。", "Order {} was reviewed."),
    ("expire_review", "订单 {} 逾期未评，已办结；30 天内仍可评单。", "Order {} was closed without a review; it can still be reviewed for 30 days."),
    ("ask", "有人就订单 {} 提了问题，请回复。", "There is a question about order {}; please answer it."),
    ("reply", "订单 {} 的问题已得到回复。", "The question about order {} was answered."),
    ("return", "订单 {} 被责任单位退回，等待重新派单。", "Order {} was returned by the department and waits to be dispatched again."),
    ("reject", "订单 {} 不予受理，请查看原因。", "Order {} was rejected; please read the reason."),
    ("merge", "订单 {} 已并入另一订单，一起办理。", "Order {} was merged into another order and is handled with it."),
    ("unmerge", "订单 {} 已从并单中恢复，等待派单。", "Order {} stands by itself again and waits to be dispatched."),
    ("withdraw", "订单 {} 已撤单。", "Order {} was withdrawn."),
    ("give_up", "订单 {} 未能承接，请查看说明。", "Nobody could take order {}; please read the explanation."),
    ("reopen", "订单 {} 已重新受理，等待派单。", "Order {} was reopened and waits to be dispatched."),
    ("amend", "订单 {} 的内容有修改。", "Order {} was amended."),
    ("transfer", "订单 {} 已转到另一个实践中心（所、站）。", "Order {} was transferred to another centre."),
    ("set_urgency", "订单 {} 的紧急程度有变。", "The urgency of order {} has changed."),
    ("new_times_wanted", "订单 {} 的可选时间都已过去，请给出新的时间。", "All times of order {} have passed; please give new ones."),
    ("nobody_yet", "订单 {} 暂时还没有服务队接单，正在继续寻找。", "Nobody has taken order {} yet; the search goes on."),
    ("late_submitted", "订单 {} 超过期限仍未派单。", "Order {} is late: it has not been dispatched."),
    ("late_dispatched", "订单 {} 超过期限仍未领单。", "Order {} is late: the department has not accepted it."),
    ("late_accepted", "订单 {} 超过期限仍未接单。", "Order {} is late: no team has claimed it."),
    ("late_claimed", "订单 {} 超过期限仍未排期。", "Order {} is late: the team has not scheduled it."),
    ("late_scheduled", "订单 {} 的服务时间已过，尚未填报结果。", "Order {} is late: what was done has not been reported."),
    ("late_disputed", "订单 {} 的异议超过期限仍未处理。", "Order {} is late: its dispute has not been decided."),
    ("move_up", "订单 {} 已转由上一级中心派单。", "Order {} is now held by the centre above, which will dispatch it."),
    ("dispute", "订单 {} 有异议，等待处理。", "Order {} is disputed and waits for a decision."),
    ("uphold", "订单 {} 的异议已有处理结果。", "The dispute about order {} was decided."),
    ("settle", "订单 {} 的异议已有处理结果。", "The dispute about order {} was decided."),
    ("dismiss", "订单 {} 的异议已有处理结果。", "The dispute about order {} was decided."),
    ("roster_filed", "{}：服务队提交了花名册，请核对后确认或退回。", "{}: the team filed a roster; confirm it or return it."),
    ("roster_confirmed", "{}：花名册已确认，服务时长已记录。", "{}: the roster was confirmed and its hours are recorded."),
    ("roster_returned", "{}：花名册被退回，请看原因后重新提交。", "{}: the roster was returned; read why and file another one."),
    (
        "roster_wanted",
        "{}：活动已经办了，还没有花名册；请在十个工作日内提交，志愿者才有服务时长。",
        "{}: it took place, and has no roster yet; file one within ten working days, so that the volunteers have their hours.",
    ),
    (
        "roster_late",
        "{}：十个工作日已过，服务队仍未提交花名册，请督促。",
        "{}: ten working days have passed and the team has filed no roster; please follow it up.",
    ),
    (
        "correction_asked",
        "{}：有志愿者请求更正服务时长，请在五个工作日内答复。",
        "{}: a volunteer asks for a correction of hours; answer within five working days.",
    ),
    ("correction_answered", "{}：您请求更正服务时长，已有答复。", "{}: your correction of hours was answered."),
    ("correction_late", "{}：时长更正请求，服务队逾期未答复，请处理。", "{}: the team has not answered a correction of hours in time; answer it."),
    ("complaint_complain", "收到投诉 {}，请在期限内答复。", "Complaint {} came in; answer it in time."),
    ("complaint_answer", "投诉 {} 已有答复，请查看。", "Complaint {} was answered; please read the answer."),
    (
        "complaint_not_satisfied",
        "投诉人对投诉 {} 的答复不满意，请作最后答复。",
        "The complainant is not satisfied with the answer to complaint {}; give the final one.",
    ),
    ("complaint_withdraw", "投诉 {} 已撤回。", "Complaint {} was withdrawn."),
    ("complaint_late", "投诉 {} 超过期限仍未答复。", "Complaint {} is late: it has not been answered."),
    ("complaint_three_months", "投诉 {} 快满三个月仍未答复，请立即办理。", "Complaint {} has waited nearly three months; answer it now."),
    ("event_venue_asked", "活动“{}”申请使用贵单位的场地，请在期限内确认或谢绝。", "The event “{}” asks for a venue of yours; say yes or no in time."),
    ("event_venue_confirmed", "活动“{}”预订的场地已获确认。", "The venue for the event “{}” was confirmed by its keeper."),
    ("event_venue_refused", "活动“{}”预订的场地未获同意，请另选场地。", "The keeper refused the venue for the event “{}”; choose another place."),
    (
        "event_venue_lapsed",
        "活动“{}”预订的场地逾期未获确认，预订已取消，请另选场地。",
        "Nobody confirmed the venue for the event “{}” in time and it was let go; choose another place.",
    ),
    (
        "event_in_charge_asked",
        "想请您负责活动“{}”，请看看时间地点，答应一声。",
        "You are asked to be in charge of the event “{}”; look at its time and place, and say yes.",
    ),
    (
        "event_in_charge_changed",
        "您负责的活动“{}”有变动，请查看新的安排。",
        "The event “{}”, of which you are in charge, has changed; see the new arrangement.",
    ),
    ("event_not_in_charge", "活动“{}”已改由别人负责，您不用再管了。", "Somebody else is in charge of the event “{}” now; you need do nothing more."),
    ("event_agreed", "活动“{}”的负责人已经答应。", "Who was asked to be in charge of the event “{}” has said yes."),
    (
        "event_entered",
        "贵单位被列为活动“{}”的参加单位，请查看，不合适可以修改或取消。",
        "The event “{}” was entered in your name; look at it, and change it or call it off if it does not suit you.",
    ),
    ("event_moved", "活动“{}”的时间或地点有变，请查看新的安排。", "The time or place of the event “{}” has changed; see the new schedule."),
    ("event_postponed", "活动“{}”已延期，将另行安排时间。", "The event “{}” is postponed; a new time will be set."),
    ("event_cancelled", "活动“{}”已取消，请查看原因。", "The event “{}” was called off; please read the reason."),
    ("loan_wish", "有单位想借“{}”，请答复。", "Somebody wishes to borrow “{}”; please answer."),
    ("loan_agree", "借用“{}”已同意，请按时来取。", "You can have “{}”; please fetch it in time."),
    ("loan_refuse", "借用“{}”未同意，请查看原因。", "You cannot have “{}”; please read the reason."),
    ("loan_withdraw", "借用“{}”的申请已撤回。", "The wish for “{}” was withdrawn."),
    ("loan_hand_over", "“{}”已交到贵单位手里，请按时归还。", "“{}” was handed over to you; please give it back in time."),
    ("loan_give_back", "“{}”已归还，请填写反馈。", "“{}” was given back; please tell how it was."),
    ("loan_report", "借用“{}”的单位交来了反馈，请查看。", "Who borrowed “{}” has told how it was; please look at it."),
    ("loan_late", "“{}”到期没有归还，请尽快联系。", "“{}” was not given back in time; please get in touch."),
    ("loan_lapse", "借用“{}”的申请已过期，没有办成。", "The wish for “{}” has lapsed; nothing came of it."),
    (
        "registration_offered",
        "您报名的活动“{}”有名额了，请在期限内确认参加，过时让给下一位。",
        "There is a place for you at “{}”; confirm in time, or it goes to the next in line.",
    ),
    (
        "registration_lapsed",
        "活动“{}”的名额逾期未确认，已让给下一位；还想参加可以重新报名。",
        "The place at “{}” was not confirmed in time and went to the next in line; you can register again.",
    ),
    (
        "registration_cancelled",
        "您对活动“{}”的报名已由主办方取消；有疑问请联系主办方。",
        "Your registration for “{}” was cancelled by those who hold it; call them for questions.",
    ),
    (
        "registration_event_changed",
        "您报名的活动“{}”时间或地点有变，请查看新的安排。",
        "The time or place of “{}”, for which you registered, has changed; see where and when.",
    ),
    ("registration_event_cancelled", "您报名的活动“{}”已取消，请查看原因。", "“{}”, for which you registered, was called off; please read the reason."),
];

/// The sentence of a kind. A kind without words still says which order to look at.
pub(super) fn sentence(kind: &str, number: Option<&str>) -> Sentence {
    let (zh, en) = WORDS
        .iter()
        .find(|(known, _, _)| *known == kind)
        .map_or(("订单 {} 有新进展，请查看。", "There is news of order {}; please look at it."), |(_, zh, en)| (*zh, *en));
    match number {
        Some(number) => Sentence { zh: zh.replace("{}", number), en: en.replace("{}", number) },
        None => Sentence { zh: "有新进展，请查看。".to_owned(), en: "There is news; please look at it.".to_owned() },
    }
}
