// The API's words that the work pages use.

import type { Schemas } from "@/api/client";

export type Order = Schemas["OrderView"];
export type Item = Schemas["OrderItem"];
export type State = Schemas["State"];
export type Verb = Schemas["Verb"];
export type HistoryLine = Schemas["HistoryView"];
export type Organisation = Schemas["OrganisationView"];
export type Task = Schemas["TaskView"];
export type Venue = Schemas["VenueView"];
export type Division = Schemas["DivisionView"];

/** The states in the order of the chain. */
export const STATES: readonly State[] = [
  "submitted",
  "dispatched",
  "accepted",
  "claimed",
  "scheduled",
  "fulfilled",
  "disputed",
  "closed",
  "unmet",
  "rejected",
  "withdrawn",
  "merged",
];

/** States in which somebody is still to do something before it takes place. */
export const OPEN: readonly State[] = ["submitted", "dispatched", "accepted", "claimed", "scheduled"];
