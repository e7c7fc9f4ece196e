// Where an order is, in plain words for its requester: what is happening, what comes next, and by when.

import { t, words } from "@/i18n";
import { dayOf, sayDay, sayMoment, saySpan, countyClock } from "@/i18n/dates";

/** As much of an order as its state is told from; the tracking route tells less than the order itself. */
export type Standing = {
  state: string;
  due_at?: string | null;
  late?: boolean;
  paused?: boolean;
  moves?: readonly string[];
  starts_at?: string | null;
  ends_at?: string | null;
  holding_centre: { name: string };
  department?: { name: string } | null;
  team?: { name: string } | null;
};

/** A limit as it is promised: midnight ends the day before; today by the clock; later days by their half. */
export function sayDue(at: string, now = Date.now()): string {
  const clock = countyClock(at);
  if (clock.hour === 0 && clock.minute === 0) return sayDay(Date.parse(at) - 1);
  if (dayOf(at) === dayOf(now)) return sayMoment(at);
  const part = clock.hour < 12 ? "morning" : clock.hour < 18 ? "afternoon" : "evening";
  return t(`orders.due_${part}`, { day: sayDay(at) });
}

/** What is happening now. */
export function sayNow(order: Pick<Standing, "state">): string {
  return words(`orders.now_${order.state}`) ?? words(`states.${order.state}`) ?? order.state;
}

/** What comes next, by whom and by when. */
export function sayNext(order: Standing, now = Date.now()): string {
  if (order.moves?.includes("reply")) return t("orders.next_reply");
  if (order.moves?.includes("review") && order.state === "fulfilled")
    return order.due_at ? t("orders.next_review_by", { due: sayDue(order.due_at) }) : t("orders.next_review");
  if (order.state === "scheduled" && order.starts_at && order.ends_at) {
    const when = saySpan(order.starts_at, order.ends_at);
    return Date.parse(order.ends_at) > now
      ? t("orders.next_scheduled", { when, who: order.team?.name ?? t("orders.the_team") })
      : t("orders.next_after");
  }
  const who = {
    centre: order.holding_centre.name,
    department: order.department?.name ?? t("orders.the_department"),
    team: order.team?.name ?? t("orders.the_team"),
  };
  const isPast = order.due_at !== undefined && order.due_at !== null && Date.parse(order.due_at) < now;
  const waiting = ["submitted", "dispatched", "accepted", "claimed", "disputed"].includes(order.state);
  if (waiting && (order.late || isPast)) return t("orders.next_late", who);
  if (waiting && order.due_at)
    return words(`orders.next_${order.state}_by`, { ...who, due: sayDue(order.due_at) }) ?? "";
  return words(`orders.next_${order.state}`, who) ?? "";
}

/** The stations of an order on its way, for the line on top; ends beside the way have none ahead. */
export const WAY = ["submitted", "dispatched", "accepted", "claimed", "scheduled", "fulfilled"] as const;

export function stationOf(state: string): number {
  if (state === "closed") return WAY.length;
  return WAY.indexOf(state as (typeof WAY)[number]);
}
