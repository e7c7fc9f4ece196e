// A session is taken up in the week and put down at another day or place. Pure, but for what the server is asked.

import { api, taken, versioned, type Versioned } from "@/api/client";
import { dayAfter, dayOf } from "@/i18n/dates";
import { ownOrganisers } from "./calendar";
import { likenessOf, type Facts, type PlannedEvent, type Session } from "./wire";

/** Where a session is put down: a day of the week, and a row of it; null: in no venue. */
export type Target = { day: string; venue: number | null };

export type Move = { session: Session; to: Target; venue: string | null };

const DAY = 86_400_000;

/** What stands in the way of taking a session up: it moves through its order or along with its whole, it is not ours, it has begun. */
export function heldBy(session: Session, now = Date.now()): "order" | "whole" | "others" | "begun" | null {
  if (session.order_id) return "order";
  if (session.parent_id) return "whole";
  if (!ownOrganisers().some(({ value }) => value === session.organiser?.id)) return "others";
  return session.state === "planned" && Date.parse(session.starts_at) > now ? null : "begun";
}

/** What is in no venue stays in none, and what is in one stays in one: the rest is changed in the form. */
export const mayStand = (session: Session, { venue }: Target) => Boolean(session.venue_id) === Boolean(venue);

const between = (from: string, to: string) =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);

/** On which day it begins then: what lasts for days can be taken up on any of them. */
export const beginning = (session: { starts_at: string }, takenUp: string, putDown: string): string =>
  dayAfter(dayOf(session.starts_at), between(takenUp, putDown));

/** The same hours on the other day. */
export function spanAt(
  session: { starts_at: string; ends_at: string },
  day: string,
): { starts_at: string; ends_at: string } {
  const by = between(dayOf(session.starts_at), day) * DAY;
  const moved = (at: string) => new Date(Date.parse(at) + by).toISOString();
  return { starts_at: moved(session.starts_at), ends_at: moved(session.ends_at) };
}

/** The next cell in a direction; the same one where there is none. */
export function stepped(
  to: Target,
  key: string,
  days: readonly string[],
  rows: readonly (number | null)[],
): Target {
  const [x, y] = [days.indexOf(to.day), rows.indexOf(to.venue)];
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [
    0, 0,
  ];
  return { day: days[x + dx!] ?? to.day, venue: y + dy! in rows ? rows[y + dy!]! : to.venue };
}

/** The event as it is to be, with one session moved and all else as it was. */
export function factsMoved(event: PlannedEvent, session: number, to: Target): Facts {
  return {
    ...likenessOf(event),
    organiser_id: event.organiser?.id ?? 0,
    title: event.title,
    description: event.description || undefined,
    expected: event.expected,
    parent_id: event.parent?.id,
    sessions: event.sessions.map((one) => {
      const moves = one.id === session;
      // Another venue has other rooms: its first one, whole.
      const stays = !moves || to.venue === one.venue_id;
      return {
        ...(stays
          ? {
              venue_id: one.venue_id ?? undefined,
              space_id: one.space_id ?? undefined,
              places: one.places ?? undefined,
            }
          : { venue_id: to.venue ?? undefined }),
        ...(moves ? spanAt(one, to.day) : { starts_at: one.starts_at, ends_at: one.ends_at }),
        in_charge: one.in_charge?.id,
        equipment_ids: one.equipment.map(({ id }) => id),
        setup_minutes: one.setup_minutes,
        clearing_minutes: one.clearing_minutes,
        travel_minutes: one.travel_minutes,
      };
    }),
  };
}

export const readEvent = (id: number) =>
  versioned(api.GET("/api/v1/events/{id}", { params: { path: { id } } }));

/** When the venue is taken then by something else, before anything is put down. */
export async function clashes(event: PlannedEvent, { session, to }: Move): Promise<boolean> {
  const one = event.sessions.find(({ id }) => id === session.id);
  if (!to.venue || !one) return false;
  const span = spanAt(one, to.day);
  const from = Date.parse(span.starts_at) - one.setup_minutes * 60_000;
  const until = Date.parse(span.ends_at) + one.clearing_minutes * 60_000;
  const query = { from: new Date(from).toISOString(), until: new Date(until).toISOString() };
  const params = { path: { id: to.venue }, query };
  const spans = await taken(api.GET("/api/v1/venues/{id}/occupied", { params }));
  const own = Date.parse(one.starts_at) - one.setup_minutes * 60_000;
  return spans.some((span) => span.places === null && Date.parse(span.starts_at) !== own);
}

export const putDown = (
  { body, etag }: Versioned<PlannedEvent>,
  { session, to }: Move,
  key: string,
): Promise<Versioned<PlannedEvent>> =>
  versioned(
    api.POST("/api/v1/events/{id}/change", {
      params: { path: { id: body.id }, header: { "If-Match": etag, "Idempotency-Key": key } },
      body: factsMoved(body, session.id, to),
    }),
  );
