import { afterEach, expect, test } from "vitest";
import { me, type Role } from "@/app/session";
import { leadsTo, type Notice } from "@/notices/leads-to";

const as = (...roles: Role[]) => {
  me.value = {
    grants: roles.map((role, id) => ({ id, role, from: "2020-01-01T00:00:00Z", waits_for_second: false })),
  } as never;
};
afterEach(() => (me.value = null));

const notice = (kind: string, part: Partial<Notice>) => ({ id: 1, kind, ...part }) as Notice;
const order = (kind: string) => leadsTo(notice(kind, { order_id: 7 }));
const complaint = (kind: string) => leadsTo(notice(kind, { complaint_id: 9 }));

test("a resident's notices lead to their own order and their own complaint", () => {
  as();
  expect(order("schedule")).toEqual({ name: "my-order", params: { id: 7 } });
  expect(complaint("complaint_answer")).toEqual({ name: "complaint", query: { id: 9 } });
});

test("the work of a role leads to the work list, with the order opened over it", () => {
  for (const role of ["dispatcher", "officer", "leader", "supervisor"] as const) {
    as(role);
    expect(order("late_accepted")).toEqual({ name: "work-order", params: { id: 7 } });
  }
});

test("every notice to those who answer complaints opens that complaint in their list", () => {
  for (const role of ["dispatcher", "supervisor"] as const) {
    as(role);
    for (const kind of [
      "complaint_complain",
      "complaint_not_satisfied",
      "complaint_withdraw",
      "complaint_late",
      "complaint_three_months",
    ])
      expect(complaint(kind)).toEqual({ name: "complaints", query: { open: 9 } });
  }
});

test("what is told to whoever ordered or complained leads to their own, whatever else they work as", () => {
  as("dispatcher");
  expect(complaint("complaint_answer")).toEqual({ name: "complaint", query: { id: 9 } });
  for (const kind of ["new_times_wanted", "nobody_yet"])
    expect(order(kind)).toEqual({ name: "my-order", params: { id: 7 } });
});

test("an officer who complained, and does not answer complaints, comes to their own", () => {
  as("officer");
  expect(complaint("complaint_answer")).toEqual({ name: "complaint", query: { id: 9 } });
});

test("who keeps a venue that is asked for comes to where they say yes or no, not to an order of others", () => {
  for (const role of ["scheduler", "dispatcher", "officer", "leader"] as const) {
    as(role);
    expect(order("venue_asked")).toEqual({ name: "bookings" });
  }
});

test("a notice of an event leads to that event", () => {
  as("scheduler");
  expect(leadsTo(notice("event_cancelled", { event_id: 5 }))).toEqual({ name: "event", params: { id: 5 } });
});

test("a notice of a loan leads who keeps the equipment to what they lend, and who borrows it to what they borrow", () => {
  as("scheduler");
  const loan = (kind: string) => leadsTo(notice(kind, { loan_id: 3 }));
  for (const kind of ["loan_wish", "loan_withdraw", "loan_report"])
    expect(loan(kind)).toEqual({ name: "loans", query: { side: "lending" } });
  for (const kind of ["loan_agree", "loan_refuse", "loan_late"])
    expect(loan(kind)).toEqual({ name: "loans", query: {} });
});

test("who plans an event, or is asked to be in charge of it, comes to where it is planned", () => {
  as("volunteer");
  expect(leadsTo(notice("event_in_charge_asked", { event_id: 5 }))).toEqual({
    name: "calendar",
    query: { open: "5" },
  });
  as("scheduler");
  expect(leadsTo(notice("event_venue_asked", { event_id: 5 }))).toEqual({ name: "bookings" });
  expect(leadsTo(notice("event_venue_refused", { event_id: 5 }))).toEqual({
    name: "calendar",
    query: { open: "5" },
  });
});

test("a notice of nothing that can be seen leads nowhere", () => {
  as("dispatcher");
  expect(leadsTo(notice("elsewhere", {}))).toBeNull();
});

test("what a volunteer is told of their hours leads to no order, which may not be theirs to see", () => {
  for (const roles of [[], ["volunteer"], ["leader"]] as Role[][]) {
    as(...roles);
    expect(order("correction_answered")).toBeNull();
  }
});
