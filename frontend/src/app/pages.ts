// The pages: one line each. `words` are the areas of the dictionary that a page uses; `title` is a key of one of them.

import type { RouteRecordRaw } from "vue-router";
import type { Area, Key } from "@/i18n";
import { PLANNERS, STAFF, type Role } from "./session";

declare module "vue-router" {
  interface RouteMeta {
    title?: Key;
    words?: readonly Area[];
    /** `account`: somebody must be signed in; a list of roles: with one of these grants. */
    for?: "account" | readonly Role[];
  }
}

/** A volunteer may be in charge of what stands in it. */
const KNOW_THE_CALENDAR: readonly Role[] = [...PLANNERS, "supervisor", "volunteer"];

export const pages: RouteRecordRaw[] = [];

function page(
  path: string,
  name: string,
  component: () => Promise<unknown>,
  title: Key,
  words: readonly Area[] = [],
  who?: "account" | readonly Role[],
): void {
  pages.push({ path, name, component: component as never, meta: { title, words, for: who } });
}

page("/", "home", () => import("@/home/HomePage.vue"), "home.title", ["home"]);
page("/order", "order", () => import("@/orders/ordering/OrderPage.vue"), "ordering.title", [
  "ordering",
  "enums",
]);
page("/order/done", "ordered", () => import("@/orders/ordering/OrderedPage.vue"), "ordering.done_title", [
  "ordering",
  "orders",
]);
page("/track", "track", () => import("@/orders/following/TrackPage.vue"), "orders.track_title", [
  "home",
  "orders",
]);
page("/follow", "follow", () => import("@/orders/following/FollowPage.vue"), "orders.order_title", [
  "orders",
  "ordering",
  "enums",
]);
page(
  "/orders",
  "my-orders",
  () => import("@/orders/following/MyOrdersPage.vue"),
  "orders.mine_title",
  ["orders"],
  "account",
);
page(
  "/orders/:id(\\d+)",
  "my-order",
  () => import("@/orders/following/MyOrderPage.vue"),
  "orders.order_title",
  ["orders", "ordering", "enums"],
  "account",
);
page("/complain", "complain", () => import("@/complaints/ComplainPage.vue"), "complaints.title", [
  "complaints",
  "orders",
  "ordering",
]);
page("/complaint", "complaint", () => import("@/complaints/MyComplaintPage.vue"), "complaints.one_title", [
  "complaints",
  "orders",
]);
page("/events", "events", () => import("@/events/EventsPage.vue"), "events.title", ["events"]);
page("/events/:id(\\d+)", "event", () => import("@/events/EventPage.vue"), "events.one_title", [
  "events",
  "enums",
  "registrations",
]);
page("/in", "check-in", () => import("@/attendance/InPage.vue"), "attendance.in_title", ["attendance"]);
page(
  "/registration",
  "registration",
  () => import("@/registrations/RegistrationPage.vue"),
  "registrations.one_title",
  ["registrations", "events"],
);
page(
  "/registrations",
  "my-registrations",
  () => import("@/registrations/MyRegistrationsPage.vue"),
  "registrations.mine_title",
  ["registrations", "events"],
  "account",
);
page("/privacy", "privacy", () => import("@/people/PrivacyPage.vue"), "common.privacy", ["account"]);

page("/sign-in", "sign-in", () => import("@/auth/SignInPage.vue"), "account.sign_in_title", ["account"]);
page("/sign-up", "sign-up", () => import("@/auth/SignUpPage.vue"), "account.sign_up_title", ["account"]);
page(
  "/account",
  "account",
  () => import("@/auth/AccountPage.vue"),
  "account.title",
  ["account", "enums", "feeds"],
  "account",
);
page(
  "/notices",
  "notices",
  () => import("@/notices/InboxPage.vue"),
  "account.notices_title",
  ["account", "enums"],
  "account",
);

// Whoever is in charge of a session may hold any role: the server knows who stands at which door.
page(
  "/door/:id(\\d+)",
  "door",
  () => import("@/attendance/DoorPage.vue"),
  "attendance.door_title",
  ["attendance"],
  "account",
);
page(
  "/sheet/:id(\\d+)",
  "sign-in-sheet",
  () => import("@/attendance/SheetPage.vue"),
  "attendance.sheet_title",
  ["attendance"],
  "account",
);

page(
  "/work",
  "work",
  () => import("@/orders/work/WorkPage.vue"),
  "work.title",
  ["work", "orders", "moves", "enums", "attendance", "slots"],
  STAFF,
);
page(
  "/work/:id(\\d+)",
  "work-order",
  () => import("@/orders/work/WorkPage.vue"),
  "work.title",
  ["work", "orders", "moves", "enums", "attendance", "slots"],
  STAFF,
);
page(
  "/board",
  "board",
  () => import("@/orders/work/BoardPage.vue"),
  "work.board_title",
  ["work", "orders", "moves", "enums"],
  ["leader"],
);
page(
  "/calendar",
  "calendar",
  () => import("@/events/CalendarPage.vue"),
  "planning.title",
  ["planning", "events", "enums", "attendance", "registrations", "work"],
  KNOW_THE_CALENDAR,
);
page(
  "/calendar/new",
  "calendar-new",
  () => import("@/events/PlanPage.vue"),
  "planning.plan",
  ["planning", "events", "moves", "enums", "slots"],
  PLANNERS,
);
page(
  "/calendar/:id(\\d+)/change",
  "calendar-change",
  () => import("@/events/PlanPage.vue"),
  "planning.change_title",
  ["planning", "events", "moves", "enums", "slots"],
  PLANNERS,
);
page(
  "/campaigns",
  "campaigns",
  () => import("@/campaigns/CampaignsPage.vue"),
  "campaigns.title",
  ["campaigns", "events", "enums"],
  [...KNOW_THE_CALENDAR, "auditor"],
);
page(
  "/campaigns/days",
  "campaign-days",
  () => import("@/campaigns/CampaignDaysPage.vue"),
  "campaigns.keep_title",
  ["campaigns", "admin"],
  ["supervisor", "system_administrator"],
);
page(
  "/bookings",
  "bookings",
  () => import("@/bookings/BookingsPage.vue"),
  "bookings.title",
  ["bookings"],
  PLANNERS,
);
page(
  "/equipment",
  "equipment",
  () => import("@/equipment/EquipmentPage.vue"),
  "equipment.title",
  ["equipment"],
  KNOW_THE_CALENDAR,
);
page(
  "/equipment/:id(\\d+)",
  "equipment-one",
  () => import("@/equipment/EquipmentOnePage.vue"),
  "equipment.title",
  ["equipment"],
  KNOW_THE_CALENDAR,
);
page(
  "/loans",
  "loans",
  () => import("@/equipment/LoansPage.vue"),
  "equipment.loans_title",
  ["equipment"],
  PLANNERS,
);
page(
  "/calls",
  "calls",
  () => import("@/notices/CallsPage.vue"),
  "work.calls_title",
  ["work", "orders", "enums"],
  ["dispatcher"],
);
page(
  "/complaints",
  "complaints",
  () => import("@/complaints/ComplaintsPage.vue"),
  "complaints.list_title",
  ["complaints", "work", "enums"],
  ["dispatcher", "supervisor"],
);
page(
  "/overview",
  "overview",
  () => import("@/reports/OverviewPage.vue"),
  "reports.title",
  ["reports", "enums"],
  ["supervisor", "dispatcher", "officer"],
);
page(
  "/overview/unmet",
  "unmet",
  () => import("@/reports/UnmetPage.vue"),
  "reports.unmet_title",
  ["reports", "enums"],
  ["supervisor", "dispatcher", "officer"],
);
page(
  "/overview/plan",
  "plan-progress",
  () => import("@/reports/PlanPage.vue"),
  "reports.plan_title",
  ["reports", "enums"],
  ["supervisor", "dispatcher", "officer"],
);

page(
  "/admin/people",
  "admin-people",
  () => import("@/people/PeoplePage.vue"),
  "admin.people_title",
  ["admin", "enums"],
  ["security_administrator"],
);
page(
  "/admin/grants",
  "admin-grants",
  () => import("@/people/GrantsPage.vue"),
  "admin.grants_title",
  ["admin", "enums"],
  ["security_administrator"],
);
page(
  "/admin/organisations",
  "admin-organisations",
  () => import("@/organisations/OrganisationsPage.vue"),
  "admin.organisations_title",
  ["admin", "enums"],
  ["system_administrator", "supervisor"],
);
page(
  "/admin/venues",
  "admin-venues",
  () => import("@/organisations/VenuesPage.vue"),
  "admin.venues_title",
  ["admin", "enums"],
  ["system_administrator", "scheduler"],
);
page(
  "/admin/settings",
  "admin-settings",
  () => import("@/divisions/SettingsPage.vue"),
  "admin.settings_title",
  ["admin", "enums"],
  ["system_administrator"],
);
page(
  "/admin/holidays",
  "admin-holidays",
  () => import("@/divisions/HolidaysPage.vue"),
  "admin.holidays_title",
  ["admin", "enums"],
  ["system_administrator"],
);
page(
  "/admin/plan",
  "admin-plan",
  () => import("@/plan/TargetsPage.vue"),
  "admin.plan_title",
  ["admin", "enums"],
  ["supervisor"],
);

pages.push({
  path: "/:rest(.*)*",
  name: "nowhere",
  component: () => import("./NowherePage.vue"),
  meta: { title: "common.nowhere" },
});
