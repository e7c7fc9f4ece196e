import { countyClock, dayAfter } from "@/i18n/dates";

/** Whether a day (`2026-01-04`) is a Saturday or Sunday. */
export function isWeekend(day: string): boolean {
  const { weekday } = countyClock(`${day}T12:00:00+08:00`);
  return weekday === 0 || weekday === 6;
}

/** All days from one to another, both included; at most a year of them. */
export function daysFrom(first: string, last: string): string[] {
  const days: string[] = [];
  for (let day = first; day <= last && days.length < 366; day = dayAfter(day)) days.push(day);
  return days;
}
