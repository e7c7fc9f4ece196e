// Sessions while they are typed: a day and two times on the county's clock.

import { countyClock, dayOf, momentAt } from "@/i18n/dates";
import { t } from "@/i18n";
import type { Faults } from "@/ui/use-form";
import type { Schemas } from "@/api/client";
import type { Venue } from "../wire";

type SessionView = Schemas["SessionView"];
type Space = Schemas["SpaceView"];

export type Draft = {
  key: number;
  day: string | null;
  from: string | null;
  until: string | null;
  venue: number | null;
  /** One of the venue's spaces; none chosen: its first. */
  space: number | null;
  /** Of a space that is shared, as typed; none: all of it, alone. */
  places: string;
  setup: number;
  clearing: number;
  travel: number;
};

const ALONE = { space: null, places: "", setup: 0, clearing: 0, travel: 0 };

let last = 0;
export function newDraft(part: Partial<Draft> = {}): Draft {
  last += 1;
  return { key: last, day: null, from: "09:00", until: "11:00", venue: null, ...ALONE, ...part };
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

/** A session that is planned already, to be planned anew. */
export function draftOfSession(one: SessionView): Draft {
  return {
    ...draftOf(one.starts_at, one.ends_at, one.venue_id ?? null),
    space: one.space_id ?? null,
    places: one.places ? String(one.places) : "",
    setup: one.setup_minutes,
    clearing: one.clearing_minutes,
    travel: one.travel_minutes,
  };
}

/** The spaces of a venue that can be chosen now, the first one first. */
export const openSpaces = (venue?: Venue): Space[] =>
  (venue?.spaces ?? []).filter((one) => one.active).sort((a, b) => a.id - b.id);

/** The space that a draft means: the chosen one, else the first of the venue. */
export function spaceOf(draft: Draft, venue?: Venue): Space | undefined {
  const open = openSpaces(venue);
  return open.find((one) => one.id === draft.space) ?? open[0];
}

/** How long, in words to choose from: none, quarters of an hour, and whatever else is chosen already. */
export const MINUTES = [0, 15, 30, 45, 60, 90, 120, 180] as const;
export const minutesWith = (also: number): number[] => [...new Set([...MINUTES, also])].sort((a, b) => a - b);

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

/** Whether a draft says when. */
export const isWhole = (draft: Draft): boolean =>
  Boolean(draft.day && draft.from && draft.until && draft.until > draft.from);

/** How long a session takes, in minutes; two hours while that is not said. */
export function minutesOf(draft: Draft | undefined): number {
  const of = (time: string) => {
    const [hour = 0, minute = 0] = time.split(":").map(Number);
    return hour * 60 + minute;
  };
  const long = draft?.from && draft.until ? of(draft.until) - of(draft.from) : 0;
  return long >= 15 ? long : 120;
}

/** A draft at another time; all else stays. */
export function movedTo(draft: Draft, time: { starts_at: string; ends_at: string }): Draft {
  const { day, from, until } = draftOf(time.starts_at, time.ends_at);
  return { ...draft, day, from, until };
}

export function checkDrafts(drafts: Draft[], now: number, venues: readonly Venue[] = []): Faults {
  const faults: Faults = {};
  drafts.forEach((draft, n) => {
    if (!draft.day) faults[`/sessions/${n}/starts_at`] = t("moves.choose_day", { n: n + 1 });
    else if (!draft.from || !draft.until)
      faults[`/sessions/${n}/starts_at`] = t("moves.choose_times", { n: n + 1 });
    else if (draft.until <= draft.from)
      faults[`/sessions/${n}/ends_at`] = t("moves.ends_first", { n: n + 1 });
    else if (Date.parse(momentAt(draft.day, draft.from)) <= now)
      faults[`/sessions/${n}/starts_at`] = t("moves.in_the_past", { n: n + 1 });
    const there = spaceOf(
      draft,
      venues.find((one) => one.id === draft.venue),
    )?.places;
    const places = Number(draft.places);
    if (there && draft.places.trim() && !(Number.isInteger(places) && places >= 1 && places <= there))
      faults[`/sessions/${n}/places`] = t("moves.places_range", { n: n + 1, most: there });
  });
  return faults;
}

/** What is sent of a draft. What belongs to a space goes only with one that has it. */
export function sessionOf(draft: Draft, venues: readonly Venue[] = []) {
  const venue = venues.find((one) => one.id === draft.venue);
  const space = spaceOf(draft, venue);
  return {
    venue_id: draft.venue ?? undefined,
    starts_at: momentAt(draft.day!, draft.from!),
    ends_at: momentAt(draft.day!, draft.until!),
    // While the list of venues is on its way, what was planned before stays.
    ...((space?.id ?? draft.space) && { space_id: space?.id ?? draft.space! }),
    ...((space?.places ?? !venue) && draft.places.trim() && { places: Number(draft.places) }),
    ...(draft.venue && draft.setup && { setup_minutes: draft.setup }),
    ...(draft.venue && draft.clearing && { clearing_minutes: draft.clearing }),
    ...(draft.travel && { travel_minutes: draft.travel }),
  };
}
