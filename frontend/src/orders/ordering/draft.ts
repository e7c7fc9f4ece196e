// An order before it is sent. It survives a reload and a lost connection on this device, and is erased once it is sent.

import type { Schemas } from "@/api/client";
import { newKey } from "@/api/client";
import { stillAhead, type Span } from "./slots";

export type Audience = Schemas["Audience"];
export type Channel = Exclude<Schemas["Channel"], "web">;

export const AUDIENCES: readonly Audience[] = [
  "general",
  "elderly",
  "farmers",
  "children",
  "youth",
  "workers",
  "officials",
];

export type Draft = {
  /** Ours, so that sending twice makes one order. */
  key: string;
  savedAt: number;
  /** The card that was chosen; null for own words. */
  field: string | null;
  title: string;
  details: string;
  audience: Audience;
  attendees: number | string;
  division: string | null;
  address: string;
  anyTime: boolean | null;
  windows: Span[];
  /** Whether others may come. */
  others: boolean;
  name: string;
  phone: string;
  /** A dispatcher orders for somebody else (代点单). */
  forOther: boolean;
  channel: Channel;
  given: Schemas["Given"];
  /** The version of the text that was consented to. */
  consent: string | null;
  /** What was sent last, where nothing came back: it may have arrived. */
  attempt: Schemas["Submit"] | null;
};

const STORED = "kepu.draft";
const PLACE = "kepu.place";
/** The server knows a key for 48 hours; a draft that is older begins anew. */
const KEPT = 47 * 3_600_000;

export function emptyDraft(): Draft {
  return {
    key: newKey(),
    savedAt: 0,
    field: null,
    title: "",
    details: "",
    audience: "general",
    attendees: 30,
    division: rememberedPlace(),
    address: "",
    anyTime: null,
    windows: [],
    others: false,
    name: "",
    phone: "",
    forOther: false,
    channel: "desk",
    given: "here",
    consent: null,
    attempt: null,
  };
}

export function readDraft(now = Date.now()): Draft | null {
  try {
    const stored = JSON.parse(localStorage.getItem(STORED) ?? "null") as Draft | null;
    if (!stored || now - stored.savedAt > KEPT) return null;
    const draft = { ...emptyDraft(), ...stored };
    return { ...draft, windows: stillAhead(draft.windows, now) };
  } catch {
    return null;
  }
}

export function keepDraft(draft: Draft, now = Date.now()): void {
  try {
    localStorage.setItem(STORED, JSON.stringify({ ...draft, savedAt: now }));
    if (draft.division) localStorage.setItem(PLACE, draft.division);
  } catch {
    // Closed storage: the draft lives as long as the page.
  }
}

export function eraseDraft(): void {
  try {
    localStorage.removeItem(STORED);
  } catch {
    // Nothing was kept then.
  }
}

function rememberedPlace(): string | null {
  try {
    return localStorage.getItem(PLACE);
  } catch {
    return null;
  }
}

/** Whether anything was typed or chosen that would be missed. */
export function isBegun(draft: Draft): boolean {
  return Boolean(draft.title.trim() || draft.details.trim());
}

/** The next neighbour's order: at the same place, in the same way; all else anew. */
export function nextDraft(
  before: Pick<Draft, "division" | "address" | "forOther" | "channel" | "given">,
): Draft {
  const { division, address, forOther, channel, given } = before;
  return { ...emptyDraft(), division, address, forOther, channel, given };
}

/** The body that is sent. */
export function bodyOf(draft: Draft): Schemas["Submit"] {
  const phone = draft.phone.trim();
  return {
    title: draft.title.trim(),
    details: draft.details.trim(),
    audience: draft.audience,
    attendees: Number(draft.attendees),
    division_code: draft.division ?? "",
    address: draft.address.trim(),
    contact_name: draft.name.trim(),
    ...(phone ? { contact_phone: phone } : {}),
    windows: draft.anyTime ? [] : draft.windows,
    ...(draft.others ? { others_may_come: true } : {}),
    ...(draft.forOther ? { for_other: true, channel: draft.channel } : {}),
    consent: { version: draft.consent ?? "", given: draft.forOther ? draft.given : "here" },
  };
}
