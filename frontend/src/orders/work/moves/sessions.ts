// Sessions while they are typed: a day and two times on the county's clock.

import { countyClock, dayOf, momentAt } from "@/i18n/dates";
import { t } from "@/i18n";
import type { Faults } from "@/ui/use-form";

export type Draft = {
  key: number;
  day: string | null;
  from: string | null;
  until: string | null;
  venue: number | null;
};

let last = 0;
export function newDraft(part: Partial<Draft> = {}): Draft {
  last += 1;
  return { key: last, day: null, from: "09:00", until: "11:00", venue: null, ...part };
}

const two = (n: number) => String(n).padStart(2, "0");
const timeOf = (at: string) => {
  const { hour, minute } = countyClock(at);
  return `${two(hour)}:${two(minute)}`;
};

/** A span as a draft; one over midnight ends with its first day. */
export function draftOf(from: string, until: string, venue: number | null = null): Draft {
  const end = dayOf(from) === dayOf(until) ? timeOf(until) : "23:30";
  return newDraft({ day: dayOf(from), from: timeOf(from), until: end, venue });
}

/** From 6:00 to 23:30 by half hours, and whatever else is chosen already. */
export function times(...also: (string | null)[]): string[] {
  const half = Array.from({ length: 36 }, (_, n) => `${two(6 + Math.floor(n / 2))}:${n % 2 ? "30" : "00"}`);
  return [...new Set([...half, ...also.filter((one): one is string => one !== null)])].sort();
}

/** The days ahead, and whichever else is chosen already. */
export function days(now: number, count: number, ...also: (string | null)[]): string[] {
  const ahead = Array.from({ length: count }, (_, n) => dayOf(now + n * 86_400_000));
  return [...new Set([...ahead, ...also.filter((one): one is string => one !== null)])].sort();
}

/** An hour and a half later, within the day: where an end is wanted for a new start. */
export function laterBy(time: string, minutes: number): string {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const sum = Math.min(hour * 60 + minute + minutes, 23 * 60 + 30);
  return `${two(Math.floor(sum / 60))}:${two(sum % 60)}`;
}

export function checkDrafts(drafts: Draft[], now: number): Faults {
  const faults: Faults = {};
  drafts.forEach((draft, n) => {
    if (!draft.day) faults[`/sessions/${n}/starts_at`] = t("moves.choose_day", { n: n + 1 });
    else if (!draft.from || !draft.until)
      faults[`/sessions/${n}/starts_at`] = t("moves.choose_times", { n: n + 1 });
    else if (draft.until <= draft.from)
      faults[`/sessions/${n}/ends_at`] = t("moves.ends_first", { n: n + 1 });
    else if (Date.parse(momentAt(draft.day, draft.from)) <= now)
      faults[`/sessions/${n}/starts_at`] = t("moves.in_the_past", { n: n + 1 });
  });
  return faults;
}

export const sessionOf = (draft: Draft) => ({
  venue_id: draft.venue ?? undefined,
  starts_at: momentAt(draft.day!, draft.from!),
  ends_at: momentAt(draft.day!, draft.until!),
});
