// The week as a page of its address: which week, what of it, and the one request that reads it.

import type { LocationQuery } from "vue-router";
import { api, taken } from "@/api/client";
import { PLANNERS, seats } from "@/app/session";
import { dayOf } from "@/i18n/dates";
import { isKind, type Kind, type Session } from "./wire";
import { isDay, mondayOf, spanOfWeek } from "./week";

export type Shown = {
  /** The week's Monday. */
  week: string;
  place: string | null;
  venue: number | null;
  kind: Kind | null;
  /** One of the reader's own organisations. */
  organiser: number | null;
  campaign: number | null;
};

const one = (value: LocationQuery[string] | undefined) => (Array.isArray(value) ? value[0] : value) ?? null;
const id = (value: LocationQuery[string] | undefined) =>
  /^[1-9]\d{0,14}$/.test(one(value) ?? "") ? Number(one(value)) : null;

export function readShown(query: LocationQuery, now = Date.now()): Shown {
  const [week, place, kind] = [one(query.week), one(query.place), one(query.kind)];
  return {
    week: mondayOf(isDay(week) ? week : dayOf(now)),
    place: /^\d{12}$/.test(place ?? "") ? place : null,
    venue: id(query.venue),
    kind: isKind(kind) ? kind : null,
    organiser: id(query.organiser),
    campaign: id(query.campaign),
  };
}

/** The address without what needs no saying: this week, and whatever is not narrowed. */
export function writeShown(shown: Shown, now = Date.now()): Record<string, string> {
  const { week, place, venue, kind, organiser, campaign } = shown;
  return {
    ...(week === mondayOf(dayOf(now)) ? {} : { week }),
    ...(place ? { place } : {}),
    ...(venue ? { venue: String(venue) } : {}),
    ...(kind ? { kind } : {}),
    ...(organiser ? { organiser: String(organiser) } : {}),
    ...(campaign ? { campaign: String(campaign) } : {}),
  };
}

export const readOpen = (query: LocationQuery) => id(query.open);

/** The sessions of a week. More than fit are told apart by `more`. */
export function readWeek(shown: Shown, county?: string): Promise<{ items: Session[]; more: boolean }> {
  const { week, place, venue, kind, organiser, campaign } = shown;
  return taken(
    api.GET("/api/v1/calendar", {
      params: {
        query: {
          ...spanOfWeek(week),
          county,
          division: place ?? undefined,
          venue_id: venue ?? undefined,
          kind: kind ?? undefined,
          organiser_id: organiser ?? undefined,
          campaign_id: campaign ?? undefined,
        },
      },
    }),
  );
}

/** The organisations in whose name the reader plans. */
export function ownOrganisers(): { value: number; label: string }[] {
  const found = new Map<number, string>();
  for (const { role, organisation } of seats.value)
    if (organisation && PLANNERS.includes(role)) found.set(organisation.id, organisation.name);
  return [...found].map(([value, label]) => ({ value, label }));
}
