// A line of the call list. A line is about an order, a complaint or somebody registered for an event.

import type { Schemas } from "@/api/client";

export type Call = Schemas["CallView"];
export type CallResult = Schemas["CallResult"];
/** What was shown on request of whom to call. */
export type Shown = { name?: string | null; phone?: string | null };

export const RESULTS: readonly CallResult[] = ["reached", "not_reached", "wrong_number", "visited"];

export const numberOf = (call: Call): string =>
  call.order_number ?? call.complaint_number ?? call.event_title ?? "";

/** What a line is about: one order, one complaint or one registration. */
export const matterOf = (call: Call): string =>
  call.order_id
    ? `order ${call.order_id}`
    : call.complaint_id
      ? `complaint ${call.complaint_id}`
      : `registration ${call.registration_id}`;

/** The lines of one matter together, in the order in which the matters come: one call tells all of it. */
export function byMatter(calls: readonly Call[]): [Call, ...Call[]][] {
  const found = new Map<string, [Call, ...Call[]]>();
  for (const call of calls) {
    const others = found.get(matterOf(call));
    if (others) others.push(call);
    else found.set(matterOf(call), [call]);
  }
  return [...found.values()].map((lines) =>
    lines.sort((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at)),
  );
}
