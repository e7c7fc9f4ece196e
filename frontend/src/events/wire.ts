// The API's words that the pages of events use.

import type { Schemas } from "@/api/client";

export type Session = Schemas["CalendarSession"];
export type PlannedEvent = Schemas["EventView"];
export type EventSession = Schemas["EventSessionView"];
export type Facts = Schemas["EventFacts"];
export type Kind = Schemas["EventKind"];
export type Verb = Schemas["EventVerb"];
export type Venue = Schemas["VenueView"];

export const KINDS: readonly Kind[] = ["lecture", "training", "exhibition", "contest", "open_day", "other"];

export const isKind = (value: unknown): value is Kind => KINDS.includes(value as Kind);
