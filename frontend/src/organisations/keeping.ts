// Keeping organisations and venues: the same few deeds, each with the version that was seen.

import { api, taken, versioned, type Schemas, type Versioned } from "@/api/client";
import type { operations } from "@/api/schema";

export type Kind = Schemas["OrganisationKind"];
export type TeamKind = Schemas["TeamKind"];
export type Organisation = Schemas["OrganisationView"];
export type Venue = Schemas["VenueView"];
export type NewOrganisation = Schemas["NewOrganisationBody"];
export type OrganisationChange = Schemas["OrganisationChangeBody"];
export type NewVenue = Schemas["NewVenueBody"];
export type VenueChange = Schemas["VenueChangeBody"];
export type VenueKind = Schemas["VenueKind"];
export const VENUE_KINDS: readonly VenueKind[] = [
  "practice_centre",
  "practice_station",
  "science_museum",
  "school",
  "library",
  "science_base",
  "outdoors",
  "other",
];
export type OpenHours = Schemas["OpenHours"];
export type Space = Schemas["SpaceView"];
export type NewSpace = Schemas["NewSpaceBody"];
/** Of what stands in the way of closing, how many. */
export type StillNeeded = Partial<
  Record<"orders" | "grants" | "teams" | "venues" | "bookings" | "equipment" | "loans", number>
>;
/** What both have: reading one, closing it from a day on, opening it again. */
export type Keeping<T> = {
  read: (id: number) => Promise<Versioned<T>>;
  close: (id: number, on: string, etag: string) => Promise<Versioned<T>>;
  reopen: (id: number, etag: string) => Promise<Versioned<T>>;
};

type Query<O extends "list_organisations" | "list_venues"> = NonNullable<
  operations[O]["parameters"]["query"]
>;
const seen = (id: number, etag: string) => ({ path: { id }, header: { "If-Match": etag } });
const anew = (key: string) => ({ header: { "Idempotency-Key": key } });

export const organisations = {
  list: (query: Query<"list_organisations">) =>
    taken(api.GET("/api/v1/organisations", { params: { query } })),
  read: (id: number) => versioned(api.GET("/api/v1/organisations/{id}", { params: { path: { id } } })),
  create: (body: NewOrganisation, key: string) =>
    versioned(api.POST("/api/v1/organisations", { params: anew(key), body })),
  change: (id: number, body: OrganisationChange, etag: string) =>
    versioned(api.POST("/api/v1/organisations/{id}/change", { params: seen(id, etag), body })),
  close: (id: number, on: string, etag: string) =>
    versioned(api.POST("/api/v1/organisations/{id}/close", { params: seen(id, etag), body: { on } })),
  reopen: (id: number, etag: string) =>
    versioned(api.POST("/api/v1/organisations/{id}/reopen", { params: seen(id, etag), body: {} })),
  /** The county association's check of a team. */
  check: (id: number, etag: string) =>
    versioned(api.POST("/api/v1/organisations/{id}/check", { params: seen(id, etag), body: {} })),
};

export const venues = {
  list: (query: Query<"list_venues">) => taken(api.GET("/api/v1/venues", { params: { query } })),
  read: (id: number) => versioned(api.GET("/api/v1/venues/{id}", { params: { path: { id } } })),
  create: (body: NewVenue, key: string) => versioned(api.POST("/api/v1/venues", { params: anew(key), body })),
  change: (id: number, body: VenueChange, etag: string) =>
    versioned(api.POST("/api/v1/venues/{id}/change", { params: seen(id, etag), body })),
  close: (id: number, on: string, etag: string) =>
    versioned(api.POST("/api/v1/venues/{id}/close", { params: seen(id, etag), body: { on } })),
  reopen: (id: number, etag: string) =>
    versioned(api.POST("/api/v1/venues/{id}/reopen", { params: seen(id, etag), body: {} })),
  closeDays: (id: number, body: Schemas["CloseDays"], etag: string) =>
    versioned(api.POST("/api/v1/venues/{id}/close_days", { params: seen(id, etag), body })),
  openDays: (id: number, closure_id: number, etag: string) =>
    versioned(api.POST("/api/v1/venues/{id}/open_days", { params: seen(id, etag), body: { closure_id } })),
};

/** The rooms of a venue: what is booked. A list of them shows the version of each. */
export const spaces = {
  create: (venue: number, body: NewSpace, key: string) =>
    taken(
      api.POST("/api/v1/venues/{id}/spaces", {
        params: { path: { id: venue }, header: { "Idempotency-Key": key } },
        body,
      }),
    ),
  change: ({ id, version }: Space, body: NewSpace) =>
    taken(api.POST("/api/v1/spaces/{id}/change", { params: seen(id, `"${version}"`), body })),
  close: ({ id, version }: Space) =>
    taken(api.POST("/api/v1/spaces/{id}/close", { params: seen(id, `"${version}"`), body: {} })),
  reopen: ({ id, version }: Space) =>
    taken(api.POST("/api/v1/spaces/{id}/reopen", { params: seen(id, `"${version}"`), body: {} })),
};
