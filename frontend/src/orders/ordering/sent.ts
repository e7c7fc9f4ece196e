// The order that was just sent, for the page that hands out its number: in this tab alone, gone with it.

import { shallowRef } from "vue";
import type { Schemas } from "@/api/client";
import type { Draft } from "./draft";

export type Sent = {
  order: Pick<
    Schemas["SubmittedView"],
    | "id"
    | "number"
    | "track_token"
    | "title"
    | "state"
    | "due_at"
    | "late"
    | "paused"
    | "moves"
    | "holding_centre"
    | "division_path"
    | "windows"
    | "submitted_at"
  >;
  /** What the next one keeps. */
  kept: Pick<Draft, "division" | "address" | "forOther" | "channel" | "given">;
  /** An earlier text had arrived already. */
  earlier: boolean;
  phoneLeft: boolean;
};

const STORED = "kepu.sent";
export const sent = shallowRef<Sent | null>(read());

function read(): Sent | null {
  try {
    return JSON.parse(sessionStorage.getItem(STORED) ?? "null") as Sent | null;
  } catch {
    return null;
  }
}

export function keepSent(next: Sent | null): void {
  sent.value = next;
  try {
    if (next) sessionStorage.setItem(STORED, JSON.stringify(next));
    else sessionStorage.removeItem(STORED);
  } catch {
    // It holds for this page then.
  }
}
