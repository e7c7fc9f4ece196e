import type { RouteLocationRaw } from "vue-router";
import type { Schemas } from "@/api/client";
import { holds, PLANNERS, STAFF } from "@/app/session";

export type Notice = Schemas["NoticeView"];

/** What is told to whoever ordered or complained, and to nobody else: it leads to their own, staff or not. */
const OWN = new Set(["new_times_wanted", "nobody_yet", "complaint_answer"]);

/** What is told of a loan to who keeps the equipment. */
const LENT = new Set(["loan_wish", "loan_withdraw", "loan_report"]);
/** Of planning an event, not of coming to it: these lead to where it is planned. */
const PLANNING = new Set([
  "event_venue_confirmed",
  "event_venue_refused",
  "event_venue_lapsed",
  "event_in_charge_asked",
  "event_in_charge_changed",
  "event_not_in_charge",
  "event_agreed",
]);

/** Where a notice leads: staff to their work, others to their own order or complaint; null where there is nothing to see. */
export function leadsTo(notice: Notice): RouteLocationRaw | null {
  const own = OWN.has(notice.kind);
  // A volunteer may not read the order that their hours are of.
  if (notice.kind === "correction_answered") return null;
  // Who keeps equipment, and who borrows it, do what is next on the page of their loans.
  if (notice.loan_id && holds(...PLANNERS))
    return { name: "loans", query: LENT.has(notice.kind) ? { side: "lending" } : {} };
  // Whoever keeps a venue says yes or no there; the order that it is for may not be theirs to see.
  const asked = notice.kind === "venue_asked" || notice.kind === "event_venue_asked";
  if (asked && holds(...PLANNERS)) return { name: "bookings" };
  if (notice.order_id) {
    const staff = holds(...STAFF);
    return { name: staff && !own ? "work-order" : "my-order", params: { id: notice.order_id } };
  }
  if (notice.complaint_id) {
    return holds("dispatcher", "supervisor") && !own
      ? { name: "complaints", query: { open: notice.complaint_id } }
      : { name: "complaint", query: { id: notice.complaint_id } };
  }
  if (notice.kind.startsWith("registration_")) return { name: "my-registrations" };
  if (notice.event_id && PLANNING.has(notice.kind))
    return { name: "calendar", query: { open: String(notice.event_id) } };
  if (notice.event_id) return { name: "event", params: { id: notice.event_id } };
  return null;
}
