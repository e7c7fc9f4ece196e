// The API's words that the pages of attendance use.

import type { Schemas } from "@/api/client";
import type { Span } from "@/events/week";

export type Attendance = Schemas["AttendanceView"];
export type SessionAttendance = Schemas["SessionAttendance"];
export type CheckedIn = Schemas["CheckedInView"];

/** The link that a door's code stands for. It is behind the `#`, so that it is in no log on the way. */
export const linkOf = (session: number, code: string): string => `${location.origin}/in#${session}.${code}`;

/** What such a link says. */
export function readLink(hash: string): { session: number; code: string } | null {
  const found = /^#(\d{1,15})\.(\d{6})$/.exec(hash);
  return found ? { session: Number(found[1]), code: found[2]! } : null;
}

const MINUTE = 60_000;
/** A door is open from an hour before the start until half an hour after the end. */
export const doorIsOpen = (session: Span, now: number): boolean =>
  Date.parse(session.starts_at) - 60 * MINUTE <= now && !doorIsOver(session, now);
export const doorIsOver = (session: Pick<Span, "ends_at">, now: number): boolean =>
  Date.parse(session.ends_at) + 30 * MINUTE <= now;

/** The mark that a check-in waits on this device: looked at on every page, before anything else of this is loaded. */
export const WAITING = "kepu.check-ins";
