// Weeks and days of sessions on the county's calendar. Pure.

import { countyClock, dayAfter, dayOf, momentAt, sayTime } from "@/i18n/dates";

/** From a moment until another. */
export type Span = { starts_at: string; ends_at: string };

/** The Monday of the week that a day (`2026-11-26`) is in. */
export function mondayOf(day: string): string {
  const { weekday } = countyClock(momentAt(day, "12:00"));
  return dayAfter(day, -((weekday + 6) % 7));
}

/** The seven days of a week, from its Monday. */
export function daysOfWeek(monday: string): string[] {
  return Array.from({ length: 7 }, (_, n) => dayAfter(monday, n));
}

/** Monday 00:00 of the county's clock, and that of the week after. */
export function spanOfWeek(monday: string): { from: string; until: string } {
  return { from: momentAt(monday), until: momentAt(dayAfter(monday, 7)) };
}

/** Whether this is a day that exists, as the address should name it. */
export function isDay(text: unknown): text is string {
  if (typeof text !== "string" || !/^20\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00+08:00`);
  return !Number.isNaN(at) && dayOf(at) === text;
}

/** The last day that a span touches: midnight ends a day and touches no other. */
const lastDay = ({ starts_at, ends_at }: Span) =>
  dayOf(Math.max(Date.parse(ends_at) - 1, Date.parse(starts_at)));

/** Whether a session is on a day. */
export function isOn(session: Span, day: string): boolean {
  return dayOf(session.starts_at) <= day && day <= lastDay(session);
}

/** Which part of a day a session takes: from when, until when; null where it began before, or goes on after. */
export function partOn(session: Span, day: string): { from: string | null; until: string | null } {
  const ends = lastDay(session);
  return {
    from: dayOf(session.starts_at) === day ? sayTime(session.starts_at) : null,
    until: ends === day ? (dayOf(session.ends_at) === day ? sayTime(session.ends_at) : "24:00") : null,
  };
}

/** Sessions under the days that they touch, in order of time; days without any are left out. */
export function byDay<S extends Span>(sessions: readonly S[], days?: readonly string[]): [string, S[]][] {
  const touched = days ?? [...new Set(sessions.map((one) => dayOf(one.starts_at)))].sort();
  return touched
    .map((day): [string, S[]] => [
      day,
      // Without days of a week, each stands once: under the day on which it begins.
      sessions.filter((one) => (days ? isOn(one, day) : dayOf(one.starts_at) === day)),
    ])
    .filter(([, found]) => found.length > 0);
}

/** The rows of a week: the venues that are used, by name, then whatever is in none. */
export function rowsOf<S extends { venue_id?: number | null; venue?: string | null }>(
  sessions: readonly S[],
): { id: number | null; name: string | null; sessions: S[] }[] {
  const rows = new Map<number | null, { id: number | null; name: string | null; sessions: S[] }>();
  for (const one of sessions) {
    const id = one.venue_id ?? null;
    const row = rows.get(id) ?? { id, name: one.venue ?? null, sessions: [] };
    row.sessions.push(one);
    rows.set(id, row);
  }
  return [...rows.values()].sort(
    (a, b) =>
      Number(a.id === null) - Number(b.id === null) || (a.name ?? "").localeCompare(b.name ?? "", "zh"),
  );
}
