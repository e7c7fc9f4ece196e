// A line of the call list. A line is about an order or about a complaint.

import type { Schemas } from "@/api/client";

export type Call = Schemas["CallView"];
export type CallResult = Schemas["CallResult"];
/** What was shown on request of whom to call. */
export type Shown = { name?: string | null; phone?: string | null };

export const RESULTS: readonly CallResult[] = ["reached", "not_reached", "wrong_number", "visited"];

export const numberOf = (call: Call): string => call.order_number ?? call.complaint_number ?? "";
