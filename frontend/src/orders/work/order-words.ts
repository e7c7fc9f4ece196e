// How an order is said on a line: what, where, when, until when.

import { dayOf, countyClock, sayDay, sayDistance, sayMoment, saySpan } from "@/i18n/dates";
import { t, words } from "@/i18n";
import type { Item } from "./wire";

type Named = Pick<Item, "title" | "summary" | "audience">;

/** The requester's title where the reader may see it, else the summary; an order that nobody checked yet has neither. */
export function nameOf(item: Named): string {
  return (
    item.title ??
    item.summary ??
    t("work.unnamed", { audience: words(`enums.audience_${item.audience}`) ?? "" })
  );
}

/** 爱林村, 兴隆镇: the nearest first, as two lines. */
export function placeOf(item: Pick<Item, "division_path">): [string, string] {
  const path = [...item.division_path].reverse();
  return [path[0] ?? t("common.county"), path.slice(1).join(" · ")];
}

/** 最晚 11月26日 周四: a deadline at midnight is the end of the day before. */
export function sayDue(at: string): string {
  const clock = countyClock(at);
  if (clock.hour === 0 && clock.minute === 0)
    return t("work.due", { when: sayDay(new Date(Date.parse(at) - 1000)) });
  return t("work.due", { when: sayMoment(at) });
}

/** How long it is late, in whole days, then hours. */
export function sayLate(at: string, now = Date.now()): string {
  const minutes = Math.max(1, Math.floor((now - Date.parse(at)) / 60_000));
  if (minutes < 60) return t("work.late_minutes", { n: minutes });
  if (minutes < 48 * 60) return t("work.late_hours", { n: Math.floor(minutes / 60) });
  return t("work.late_days", { n: Math.floor(minutes / 1440) });
}

/** The deadline of an order in words; null where nothing is awaited. */
export function sayDeadline(
  item: Pick<Item, "due_at" | "late" | "paused">,
  now = Date.now(),
): { text: string; late: boolean } | null {
  if (item.paused) return { text: t("work.paused"), late: false };
  if (!item.due_at) return null;
  if (Date.parse(item.due_at) < now) return { text: sayLate(item.due_at, now), late: true };
  // Marked late, and whoever it waits for now has a time of their own.
  const hours = (Date.parse(item.due_at) - now) / 3_600_000;
  return hours < 36
    ? { text: t("work.left", { distance: sayDistance(item.due_at, now) }), late: item.late }
    : { text: sayDue(item.due_at), late: item.late };
}

/** When it takes place, else when it would suit. */
export function sayWhen(
  item: Pick<Item, "starts_at" | "ends_at" | "windows">,
): { text: string; more: number; fixed: boolean } | null {
  if (item.starts_at && item.ends_at) {
    const sameDay = dayOf(item.starts_at) === dayOf(item.ends_at);
    return {
      text: sameDay
        ? saySpan(item.starts_at, item.ends_at)
        : t("work.from_to", { from: sayDay(item.starts_at), to: sayDay(item.ends_at) }),
      more: 0,
      fixed: true,
    };
  }
  const first = item.windows[0];
  if (!first) return null;
  return { text: saySpan(first.from, first.to), more: item.windows.length - 1, fixed: false };
}

/** Who has it in hand now, by name. */
export function holderOf(item: Item): { name: string; role: string } {
  if (item.team) return { name: item.team.name, role: t("work.role_team") };
  if (item.offer) return { name: item.offer.team.name, role: t("work.role_offered") };
  if (item.department) return { name: item.department.name, role: t("work.role_department") };
  return { name: item.holding_centre.name, role: t("work.role_centre") };
}
