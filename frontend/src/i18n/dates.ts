// Dates as they are said: 11月23日 周一 上午, in the county's zone, never the browser's.

import { language } from "./index";

const ZONE = "Asia/Shanghai";
/** The county keeps no summer time: its offset is fixed. */
const OFFSET_HOURS = 8;

const made = new Map<string, Intl.DateTimeFormat>();

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const locale = language.value === "en" ? "en-GB" : "zh-CN";
  const key = locale + JSON.stringify(options);
  let found = made.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options });
    made.set(key, found);
  }
  return found;
}

type Time = string | number | Date;

/** The parts of a moment on the county's clock. */
export function countyClock(at: Time): {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  weekday: number;
} {
  const there = new Date(new Date(at).getTime() + OFFSET_HOURS * 3_600_000);
  return {
    year: there.getUTCFullYear(),
    month: there.getUTCMonth() + 1,
    day: there.getUTCDate(),
    hour: there.getUTCHours(),
    minute: there.getUTCMinutes(),
    weekday: there.getUTCDay(),
  };
}

/** The moment of a day (`2026-11-23`) and a time (`09:00`) on the county's clock. */
export function momentAt(day: string, time = "00:00"): string {
  return new Date(`${day}T${time}:00+08:00`).toISOString();
}

/** The day of a moment on the county's calendar: `2026-11-23`. */
export function dayOf(at: Time): string {
  const { year, month, day } = countyClock(at);
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** 11月23日 周一; with the year where it is another one. */
export function sayDay(at: Time): string {
  const year = countyClock(at).year === countyClock(Date.now()).year ? undefined : ("numeric" as const);
  const day = format({ year, month: "long", day: "numeric" }).format(new Date(at));
  const weekday = format({ weekday: "short" }).format(new Date(at));
  return language.value === "en" ? `${weekday} ${day}` : `${day} ${weekday}`;
}

/** 周一 */
export function sayWeekday(at: Time): string {
  return format({ weekday: "short" }).format(new Date(at));
}

/** The day so many days after another. */
export function dayAfter(day: string, days = 1): string {
  return dayOf(Date.parse(momentAt(day)) + days * 86_400_000);
}

/** 09:30 */
export function sayTime(at: Time): string {
  return format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(at));
}

/** 11月23日 周一 09:30 */
export function sayMoment(at: Time): string {
  return `${sayDay(at)} ${sayTime(at)}`;
}

const PARTS = {
  zh: ["上午", "下午", "晚上", "全天"],
  en: ["morning", "afternoon", "evening", "all day"],
} as const;

/** A span as people say it: 11月23日 周一 上午; exact hours where it is not half a day. */
export function saySpan(from: Time, until: Time): string {
  const [a, b] = [countyClock(from), countyClock(until)];
  const sameDay = dayOf(from) === dayOf(until);
  const part = (
    {
      "8-12": 0,
      "9-12": 0,
      "13-17": 1,
      "14-17": 1,
      "18-21": 2,
      "18-20": 2,
      "8-18": 3,
      "9-17": 3,
      "8-17": 3,
    } as Record<string, number>
  )[`${a.hour}-${b.hour}`];
  if (sameDay && a.minute === 0 && b.minute === 0 && part !== undefined)
    return `${sayDay(from)} ${PARTS[language.value][part]}`;
  if (sameDay) return `${sayDay(from)} ${sayTime(from)}–${sayTime(until)}`;
  return `${sayMoment(from)} – ${sayMoment(until)}`;
}

/** How long ago, or until when, in the largest fitting unit: 3小时前, 2天后. */
export function sayDistance(at: Time, now: Time = Date.now()): string {
  const seconds = (new Date(at).getTime() - new Date(now).getTime()) / 1000;
  const [unit, size] =
    Math.abs(seconds) < 5400
      ? (["minute", 60] as const)
      : Math.abs(seconds) < 129600
        ? (["hour", 3600] as const)
        : (["day", 86400] as const);
  const locale = language.value === "en" ? "en-GB" : "zh-CN";
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

/** 1,234 */
export function sayNumber(n: number): string {
  return new Intl.NumberFormat(language.value === "en" ? "en-GB" : "zh-CN").format(n);
}
