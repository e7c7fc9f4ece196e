// What can be done with a planned event, and how it is sent.

import { api, versioned, type Schemas, type Versioned } from "@/api/client";
import type { PlannedEvent, Verb } from "./wire";

/** What is asked before it is done; changing has a page of its own. */
export type Deed = Exclude<Verb, "change">;

/** The likeliest first. */
const ORDER: readonly Verb[] = ["report", "agree", "publish", "change", "postpone", "cancel"];
export const arranged = (moves: readonly Verb[]): Verb[] => ORDER.filter((verb) => moves.includes(verb));

/** With one key for one form: sending twice does it once. */
export function send(
  deed: Deed,
  of: { id: number; etag: string; key: string },
  given: { reason: string; report: Schemas["ReportEvent"]; postpone: Schemas["PostponeEvent"] },
): Promise<Versioned<PlannedEvent>> {
  const params = { path: { id: of.id }, header: { "If-Match": of.etag, "Idempotency-Key": of.key } };
  switch (deed) {
    case "publish":
      return versioned(api.POST("/api/v1/events/{id}/publish", { params, body: {} }));
    case "agree":
      return versioned(api.POST("/api/v1/events/{id}/agree", { params, body: {} }));
    case "cancel":
      return versioned(api.POST("/api/v1/events/{id}/cancel", { params, body: { reason: given.reason } }));
    case "postpone":
      return versioned(api.POST("/api/v1/events/{id}/postpone", { params, body: given.postpone }));
    case "report":
      return versioned(api.POST("/api/v1/events/{id}/report", { params, body: given.report }));
  }
}
