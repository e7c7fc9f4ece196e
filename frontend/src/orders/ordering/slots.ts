// The times that suit, as people say them: a day and its morning, afternoon or evening. Kept as spans on the county's clock.

import type { Schemas } from "@/api/client";
import { dayOf, momentAt } from "@/i18n/dates";

export type Span = Schemas["Window"];
export type Part = "morning" | "afternoon" | "evening";

export const PARTS: readonly Part[] = ["morning", "afternoon", "evening"];
const HOURS: Record<Part, [string, string]> = {
  morning: ["08:00", "12:00"],
  afternoon: ["13:00", "17:00"],
  evening: ["18:00", "20:00"],
};
/** As many as the API takes. */
export const MOST = 20;
const DAY = 86_400_000;

export function spanOf(day: string, part: Part): Span {
  const [from, to] = HOURS[part];
  return { from: momentAt(day, from), to: momentAt(day, to) };
}

const same = (a: Span, b: Span) =>
  Date.parse(a.from) === Date.parse(b.from) && Date.parse(a.to) === Date.parse(b.to);

export function holdsSpan(spans: readonly Span[], span: Span): boolean {
  return spans.some((one) => same(one, span));
}

/** With it where it was not, without it where it was; in the order of time. */
export function toggled(spans: readonly Span[], span: Span): Span[] {
  if (holdsSpan(spans, span)) return spans.filter((one) => !same(one, span));
  if (spans.length >= MOST) return [...spans];
  return [...spans, span].sort((a, b) => Date.parse(a.from) - Date.parse(b.from));
}

/** Days on the county's calendar, so many from the one that is `first` days after today. */
export function daysAhead(first: number, count: number, now = Date.now()): string[] {
  const today = Date.parse(momentAt(dayOf(now)));
  return Array.from({ length: count }, (_, n) => dayOf(today + (first + n) * DAY));
}

/** Spans that are still to come: a draft may have waited. */
export function stillAhead(spans: readonly Span[], now = Date.now()): Span[] {
  return spans.filter((one) => Date.parse(one.from) > now);
}
