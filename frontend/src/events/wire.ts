// The API's words that the pages of events use.

import type { Schemas } from "@/api/client";
import { words } from "@/i18n";

export type Session = Schemas["CalendarSession"];
export type PlannedEvent = Schemas["EventView"];
export type EventSession = Schemas["EventSessionView"];
export type Facts = Schemas["EventFacts"];
export type Kind = Schemas["EventKind"];
export type Verb = Schemas["EventVerb"];
export type PostponeReason = Schemas["PostponeReason"];
export type DayOff = Schemas["PostponementView"];
export type Venue = Schemas["VenueView"];

/** Of which kind an event is, where, for whom and for what, as it is sent: all but its name, its organiser and its sessions. */
export const likenessOf = (event: PlannedEvent) => ({
  kind: event.kind,
  online: event.online,
  open: event.open,
  division_code: event.division_code ?? "",
  address: event.address ?? undefined,
  audience: event.audience,
  campaign_id: event.campaign?.id,
  plan_task: event.plan_task ? { plan: event.plan_task.plan, task: event.plan_task.task } : undefined,
});

const POSTPONE_REASONS: readonly PostponeReason[] = ["weather", "illness", "place", "other"];

/** The reasons for postponing to choose from. */
export const postponeOptions = () =>
  POSTPONE_REASONS.map((value) => ({ value, label: words(`enums.postpone_${value}`) ?? value }));

export const KINDS: readonly Kind[] = ["lecture", "training", "exhibition", "contest", "open_day", "other"];

/** The kinds to choose from. */
export const kindOptions = () =>
  KINDS.map((value) => ({ value, label: words(`events.kind_${value}`) ?? value }));

export const isKind = (value: unknown): value is Kind => KINDS.includes(value as Kind);
