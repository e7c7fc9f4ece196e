import type { RouteLocationRaw } from "vue-router";
import type { Schemas } from "@/api/client";
import { holds } from "@/app/session";

export type Notice = Schemas["NoticeView"] & {
  complaint_id?: number | null;
  complaint_number?: string | null;
};

/** Where a notice leads: staff to their work, others to their own order or complaint; null where there is nothing to see. */
export function leadsTo(notice: Notice): RouteLocationRaw | null {
  const staff = holds("dispatcher", "scheduler", "officer", "leader", "supervisor", "auditor");
  if (notice.order_id) return { name: staff ? "work-order" : "my-order", params: { id: notice.order_id } };
  if (notice.complaint_id) {
    return holds("dispatcher", "supervisor")
      ? { name: "complaints", query: { id: notice.complaint_id } }
      : { name: "complaint", query: { id: notice.complaint_id } };
  }
  return null;
}
