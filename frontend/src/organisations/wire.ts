// What the administration of organisations and venues asks and answers.

import { ask, tell } from "@/api/coming";
import { taken, versioned, type Schemas, type Versioned } from "@/api/client";

export type Kind = Schemas["OrganisationKind"];
export type TeamKind = Schemas["TeamKind"];
type Kept = { phone: string | null; closed_on: string | null; version: number };
export type Organisation = Schemas["OrganisationView"] & Kept;
export type Venue = Schemas["VenueView"] & Kept & { active: boolean };
export type Page<T> = { items: T[]; next?: string | null };

export type TeamToBe = {
  host_id?: number;
  kind?: TeamKind;
  intro?: string;
  languages?: string[];
  reach?: string[];
};
export type OrganisationToBe = {
  kind?: Kind;
  name?: string;
  full_name?: string;
  aliases?: string[];
  phone?: string | null;
  division_code?: string;
  fields?: string[];
  team?: TeamToBe;
};
export type VenueToBe = {
  name?: string;
  organisation_id?: number;
  division_code?: string;
  address?: string;
  capacity?: number;
  free_to_book?: boolean;
  phone?: string | null;
};
/** Of what stands in the way of closing, how many. */
export type StillNeeded = Partial<Record<"orders" | "grants" | "teams" | "venues" | "bookings", number>>;

type Query = Record<string, string | number | boolean | undefined>;
type Base = "/api/v1/organisations" | "/api/v1/venues";

export const list = <T>(base: Base, query: Query) => taken(ask<Page<T>>(base, query));
export const read = <T>(base: Base, id: number) => versioned(ask<T>(`${base}/${id}`));
export const create = <T>(base: Base, body: unknown, key: string) =>
  versioned(tell<T>(base, body, { key })) as Promise<Versioned<T>>;
export const act = <T>(
  base: Base,
  id: number,
  verb: "change" | "close" | "reopen" | "check",
  body: unknown,
  etag: string,
) => versioned(tell<T>(`${base}/${id}/${verb}`, body, { etag }));
