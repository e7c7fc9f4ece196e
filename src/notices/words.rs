//! What a notice says: one sentence in Chinese and in English for each kind. Only the order's number stands in it, never a
//! person's name, phone or address.

use serde::Serialize;
use utoipa::ToSchema;

/// One sentence, in both languages of the interface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Sentence {
    #[schema(example = "订单 KP7M2Q9XWA 已派给责任单位，等待领单。")]
    pub zh: String,
    #[schema(example = "Order KP7M2Q9XWA was dispatched to a department and waits to be accepted.")]
    pub en: String,
}

/// Kind, Chinese, English; `{}` is the order's number. The Chinese words are those of the glossary.
pub(super) const WORDS: &[(&str, &str, &str)] = &[
    ("submitted", "订单 {} 已提交，等待派单。", "Order {} was submitted and waits to be dispatched."),
    ("dispatched", "订单 {} 已派给责任单位，等待领单。", "Order {} was dispatched to a department and waits to be accepted."),
    ("redispatched", "订单 {} 已改派给另一责任单位。", "Order {} was dispatched to another department."),
    ("decided_lead", "县级中心已确定订单 {} 的牵头单位。", "The county centre decided which department leads order {}."),
    ("accepted", "订单 {} 已领单，等待服务队接单。", "Order {} was accepted by the department and waits for a team."),
    ("accepted_for", "订单 {} 由县科协代领，责任单位不变。", "Order {} was accepted by the county association for the department, which stays responsible."),
    ("opened", "订单 {} 已向所有服务队开放接单。", "Order {} is open to all teams."),
    ("offered", "订单 {} 已定向推荐给贵队，可以接单，也可以谢绝。", "Order {} was offered to your team; you may claim or decline it."),
    ("offer_expired", "订单 {} 的定向推荐已到期，现向所有服务队开放。", "The offer of order {} has lapsed; the order is open to all teams."),
    ("declined", "服务队谢绝了订单 {}，现向所有服务队开放。", "The team declined order {}; it is open to all teams."),
    ("claimed", "订单 {} 已有服务队接单，等待排期。", "Order {} was claimed by a team, which will schedule it."),
    ("proposed", "订单 {} 收到了新的时间建议。", "A time was proposed for order {}."),
    ("scheduled", "订单 {} 已排期，请查看时间和地点。", "Order {} is scheduled; see its time and place."),
    ("rescheduled", "订单 {} 的时间或地点有变，请查看新的安排。", "The time or place of order {} has changed; see the new schedule."),
    ("postponed", "订单 {} 已延期，将另行安排时间。", "Order {} is postponed; a new time will be set."),
    ("released", "订单 {} 的服务队已退出，正在另找服务队。", "The team gave order {} back; another team is being looked for."),
    ("fulfilled", "订单 {} 的服务已完成，请评单。", "Order {} is fulfilled and waits for its review."),
    ("answered", "订单 {} 已有答复，请查看。", "Order {} was answered; please read the answer."),
    ("reviewed", "订单 {} 已评单。", "Order {} was reviewed."),
    ("closed", "订单 {} 已办结。", "Order {} is closed."),
    ("closed_unrated", "订单 {} 逾期未评，已办结；30 天内仍可评单。", "Order {} was closed without a review; it can still be reviewed for 30 days."),
    ("asked", "有人就订单 {} 提了问题，请回复。", "There is a question about order {}; please answer it."),
    ("replied", "订单 {} 的问题已得到回复。", "The question about order {} was answered."),
    ("returned", "订单 {} 被责任单位退回，等待重新派单。", "Order {} was returned by the department and waits to be dispatched again."),
    ("rejected", "订单 {} 不予受理，请查看原因。", "Order {} was rejected; please read the reason."),
    ("merged", "订单 {} 已并入另一订单，一起办理。", "Order {} was merged into another order and is handled with it."),
    ("unmerged", "订单 {} 已从并单中恢复，等待派单。", "Order {} stands by itself again and waits to be dispatched."),
    ("withdrawn", "订单 {} 已撤单。", "Order {} was withdrawn."),
    ("unmet", "订单 {} 未能承接，请查看说明。", "Nobody could take order {}; please read the explanation."),
    ("reopened", "订单 {} 已重新受理，等待派单。", "Order {} was reopened and waits to be dispatched."),
    ("amended", "订单 {} 的内容有修改。", "Order {} was amended."),
    ("transferred", "订单 {} 已转到另一个实践中心（所、站）。", "Order {} was transferred to another centre."),
    ("urgency_changed", "订单 {} 的紧急程度有变。", "The urgency of order {} has changed."),
    ("new_times_wanted", "订单 {} 的可选时间都已过去，请给出新的时间。", "All times of order {} have passed; please give new ones."),
    ("nobody_yet", "订单 {} 暂时还没有服务队接单，正在继续寻找。", "Nobody has taken order {} yet; the search goes on."),
    ("late_submitted", "订单 {} 超过期限仍未派单。", "Order {} is late: it has not been dispatched."),
    ("late_dispatched", "订单 {} 超过期限仍未领单。", "Order {} is late: the department has not accepted it."),
    ("late_accepted", "订单 {} 超过期限仍未接单。", "Order {} is late: no team has claimed it."),
    ("late_claimed", "订单 {} 超过期限仍未排期。", "Order {} is late: the team has not scheduled it."),
    ("late_scheduled", "订单 {} 的服务时间已过，尚未填报结果。", "Order {} is late: what was done has not been reported."),
    ("late_disputed", "订单 {} 的异议超过期限仍未处理。", "Order {} is late: its dispute has not been decided."),
    ("held_above", "订单 {} 超过期限，已由上一级中心接管派单。", "Order {} was late; the centre above now holds it."),
    ("moved_up", "订单 {} 所在站点暂无派单人员，已转上一级中心。", "The centre of order {} has no dispatcher at present; the centre above holds it."),
    ("disputed", "订单 {} 有异议，等待处理。", "Order {} is disputed and waits for a decision."),
    ("dispute_decided", "订单 {} 的异议已有处理结果。", "The dispute about order {} was decided."),
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
