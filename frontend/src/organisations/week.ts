// Opening hours while they are typed: a line a span, of one weekday.

import { t } from "@/i18n";
import { sayWeekday } from "@/i18n/dates";
import type { Faults } from "@/ui/use-form";
import type { OpenHours } from "./keeping";

export type Line = { key: number; weekday: number; opens: string; closes: string };

let last = 0;
export function line(hours: OpenHours): Line {
  last += 1;
  return { key: last, weekday: hours.weekday, opens: hours.opens, closes: hours.closes };
}

/** The week as it is sent: in its order. */
export const weekOf = (lines: readonly Line[]): OpenHours[] =>
  lines
    .map(({ weekday, opens, closes }) => ({ weekday, opens, closes }))
    .sort((a, b) => a.weekday - b.weekday || a.opens.localeCompare(b.opens));

export const sameWeek = (a: readonly OpenHours[], b: readonly OpenHours[]): boolean =>
  JSON.stringify(weekOf(a.map(line))) === JSON.stringify(weekOf(b.map(line)));

/** One more: the first day of the week that has none yet, with the hours of the line before. */
export function oneMore(lines: readonly Line[]): Line {
  const before = lines.at(-1);
  const free = [1, 2, 3, 4, 5, 6, 7].find((day) => !lines.some((one) => one.weekday === day));
  if (free)
    return line({ weekday: free, opens: before?.opens ?? "08:30", closes: before?.closes ?? "17:00" });
  return line({ weekday: before?.weekday ?? 1, opens: "18:00", closes: "20:00" });
}

/** The hours of one day on every day from Monday to Friday; the weekend stays as it is. */
export function onAllWeekdays(lines: readonly Line[], weekday: number): Line[] {
  const of = lines.filter((one) => one.weekday === weekday);
  return [
    ...[1, 2, 3, 4, 5].flatMap((day) => of.map((one) => line({ ...one, weekday: day }))),
    ...lines.filter((one) => one.weekday > 5),
  ];
}

/** What cannot be: closing before opening, and a span that meets another of its day. By the lines' places in the list. */
export function checkWeek(lines: readonly Line[]): Faults {
  const faults: Faults = {};
  lines.forEach((one, n) => {
    const meets = (other: Line) =>
      other.weekday === one.weekday && other.opens < one.closes && one.opens < other.closes;
    if (one.closes <= one.opens) faults[`/hours/${n}`] = t("admin.closes_first");
    else if (lines.slice(0, n).some(meets)) faults[`/hours/${n}`] = t("problems.fault_overlaps");
  });
  return faults;
}

/** 1 is Monday: 周一 */
export const weekdayName = (weekday: number): string => sayWeekday(`2026-11-${22 + weekday}T12:00:00+08:00`);

/** Days of the same hours together: 周一至周五 08:30–17:00；周六 09:00–12:00 */
export function sayWeek(hours: readonly OpenHours[]): string {
  const days = [1, 2, 3, 4, 5, 6, 7].map((day) => ({
    day,
    said: weekOf(hours.filter((one) => one.weekday === day).map(line))
      .map((one) => `${one.opens}–${one.closes}`)
      .join("、"),
  }));
  const runs: { from: number; to: number; said: string }[] = [];
  for (const { day, said } of days) {
    const run = runs.at(-1);
    if (run && run.said === said) run.to = day;
    else runs.push({ from: day, to: day, said });
  }
  return runs
    .filter((run) => run.said)
    .map(({ from, to, said }) => {
      const first = weekdayName(from);
      if (from === to) return `${first} ${said}`;
      return `${t("admin.days_to", { first, last: weekdayName(to) })} ${said}`;
    })
    .join(t("admin.between_days"));
}

const two = (n: number) => String(n).padStart(2, "0");
/** The times to choose from, each half hour, and whatever else is chosen already. */
export function timesOfDay(last: "24:00" | "23:30", also: string): string[] {
  const half = Array.from({ length: 49 }, (_, n) => `${two(Math.floor(n / 2))}:${n % 2 ? "30" : "00"}`);
  return [...new Set([...half.filter((time) => time <= last), also])].sort();
}
