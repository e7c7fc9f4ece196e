// What each of the requester's moves needs: what stands in its form at first, what is missing, and what is sent.

import type { Schemas } from "@/api/client";
import { momentAt } from "@/i18n/dates";
import { t } from "@/i18n";
import type { Span } from "@/orders/ordering/slots";
import type { Faults } from "@/ui/use-form";
import type { Form, Order } from "../door";

/** All that the forms hold; a form uses its own part. */
export type Draft = {
  words: string;
  stars: number | null;
  kind: Schemas["DisputeKind"] | null;
  day: string | null;
  start: string | null;
  minutes: number;
  title: string;
  details: string;
  audience: Schemas["Audience"];
  attendees: number | string;
  anyTime: boolean | null;
  windows: Span[];
  contact_name: string;
  contact_phone: string;
  address: string;
  /** Whether others may come. */
  others: boolean;
};

export function draftOf(order: Order): Draft {
  return {
    words: "",
    stars: null,
    kind: null,
    day: null,
    start: null,
    minutes: 120,
    title: order.title ?? "",
    details: order.details ?? "",
    audience: order.audience,
    attendees: order.attendees,
    anyTime: order.windows.length === 0,
    windows: [...order.windows],
    contact_name: order.contact?.name ?? "",
    contact_phone: order.contact?.phone ?? "",
    address: order.contact?.address ?? "",
    others: order.others_may_come,
  };
}

/** What may still be changed: the words until it is dispatched, the times until a team has it, the contact until it is done. */
export function amendable(order: Order): { words: boolean; times: boolean } {
  return {
    words: order.state === "submitted",
    times: ["submitted", "dispatched", "accepted"].includes(order.state),
  };
}

/** Digits, with spaces and hyphens as people write them. */
export function isPhone(phone: string): boolean {
  const digits = phone.replace(/[\s\-+]/g, "");
  return /^\d{7,15}$/.test(digits);
}

export function check(verb: Form, draft: Draft, order: Order): Faults {
  const faults: Faults = {};
  const words = draft.words.trim();
  if (verb === "reply" && !words) faults["/answer"] = t("orders.words_missing");
  if (verb === "reopen" && !words) faults["/reason"] = t("orders.words_missing");
  if (verb === "review" && draft.stars === null) faults["/stars"] = t("orders.stars_missing");
  if (verb === "dispute") {
    if (!draft.kind) faults["/kind"] = t("orders.kind_missing");
    if (!words) faults["/words"] = t("orders.words_missing");
  }
  if (verb === "propose") {
    if (!draft.day) faults["/day"] = t("orders.day_missing");
    if (!draft.start) faults["/start"] = t("orders.start_missing");
  }
  if (verb === "amend") {
    const open = amendable(order);
    if (open.words && !draft.title.trim()) faults["/title"] = t("orders.words_missing");
    const many = Number(draft.attendees);
    if (open.words && !(Number.isInteger(many) && many >= 1 && many <= 100_000))
      faults["/attendees"] = t("orders.attendees_wrong");
    if (open.times && draft.anyTime === false && !draft.windows.length)
      faults["/windows"] = t("orders.windows_missing");
    if (!draft.contact_name.trim()) faults["/contact_name"] = t("orders.name_missing");
    if (draft.contact_phone.trim() && !isPhone(draft.contact_phone))
      faults["/contact_phone"] = t("orders.phone_wrong");
    if (!Object.keys(faults).length && !Object.keys(amended(draft, order)).length)
      faults[""] = t("orders.nothing_changed");
  }
  return faults;
}

/** Only what is another now. */
function amended(draft: Draft, order: Order): Schemas["Amend"] {
  const open = amendable(order);
  const changed: Schemas["Amend"] = {};
  if (open.words) {
    if (draft.title.trim() !== order.title) changed.title = draft.title.trim();
    if (draft.details.trim() !== (order.details ?? "")) changed.details = draft.details.trim();
    if (draft.audience !== order.audience) changed.audience = draft.audience;
    if (Number(draft.attendees) !== order.attendees) changed.attendees = Number(draft.attendees);
  }
  if (open.times) {
    const windows = draft.anyTime ? [] : draft.windows;
    const spans = (all: readonly Span[]) => all.map((one) => [Date.parse(one.from), Date.parse(one.to)]);
    if (JSON.stringify(spans(windows)) !== JSON.stringify(spans(order.windows))) changed.windows = windows;
  }
  const contact = order.contact;
  if (draft.contact_name.trim() !== (contact?.name ?? "")) changed.contact_name = draft.contact_name.trim();
  // A phone can be changed, not taken back: an empty line leaves what is there.
  if (draft.contact_phone.trim() && draft.contact_phone.trim() !== (contact?.phone ?? ""))
    changed.contact_phone = draft.contact_phone.trim();
  if (draft.address.trim() !== (contact?.address ?? "")) changed.address = draft.address.trim();
  if (draft.others !== order.others_may_come) changed.others_may_come = draft.others;
  return changed;
}

export function bodyOf(verb: Form, draft: Draft, order: Order): unknown {
  const words = draft.words.trim();
  switch (verb) {
    case "reply":
      return { answer: words };
    case "reopen":
      return { reason: words };
    case "review":
      return { stars: draft.stars, ...(words ? { words } : {}) };
    case "dispute":
      return { kind: draft.kind, words };
    case "propose": {
      const starts = momentAt(draft.day!, draft.start!);
      const ends = new Date(Date.parse(starts) + draft.minutes * 60_000).toISOString();
      return { sessions: [{ starts_at: starts, ends_at: ends }] };
    }
    case "amend":
      return amended(draft, order);
    case "withdraw":
      return {};
  }
}
