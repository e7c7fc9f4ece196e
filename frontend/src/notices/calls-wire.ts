// A line of the call list. A line is about an order or about a complaint.

import type { Schemas } from "@/api/client";

export type Call = Omit<Schemas["CallView"], "order_id" | "order_number"> & {
  order_id?: number | null;
  order_number?: string | null;
  complaint_id?: number | null;
  complaint_number?: string | null;
};

export type CallResult = Schemas["CallResult"];
export const RESULTS: readonly CallResult[] = ["reached", "not_reached", "wrong_number", "visited"];

export const numberOf = (call: Call): string => call.order_number ?? call.complaint_number ?? "";
