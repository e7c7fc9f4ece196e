// An event while it is planned: kept on this device until it is sent, so that a reload loses nothing.

import { newKey, type Schemas } from "@/api/client";
import { countyClock, dayAfter, dayOf, momentAt } from "@/i18n/dates";
import { t } from "@/i18n";
import type { Thought } from "@/slots/use-check";
import type { Faults } from "@/ui/use-form";
import { ownOrganisers } from "./calendar";
import type { EventSession, Facts, Kind, PlannedEvent } from "./wire";

export type SessionDraft = {
  key: number;
  day: string | null;
  /** The day on which it ends, where that is another one. */
  untilDay: string | null;
  from: string | null;
  until: string | null;
  setup: number | string;
  clearing: number | string;
  travel: number | string;
  /** What travels there. */
  equipment: number[];
  /** Who is in charge already; nobody: whoever plans it. */
  inCharge: { id: number; name: string } | null;
};

export type Draft = {
  key: string;
  /** What the key was sent with: another body is another event. */
  sent: string;
  savedAt: number;
  /** Of the event that is changed. */
  version: number | null;
  organiser: number | null;
  title: string;
  description: string;
  kind: Kind | null;
  audience: Facts["audience"];
  expected: number | string;
  where: "venue" | "address" | "online";
  venue: number | null;
  space: number | null;
  places: number | string;
  division: string | null;
  address: string;
  open: boolean | null;
  /** `plan/task`, `outside`, or nothing yet. */
  task: string | null;
  campaign: number | null;
  /** What it is a part of. */
  parent: { id: number; title: string } | null;
  sessions: SessionDraft[];
};

const KEPT = 47 * 3_600_000;
const stored = (event: number | null) => `kepu.event.${event ?? "new"}`;

/** A number that no session of the list has. */
export const nextKey = (sessions: readonly SessionDraft[]): number =>
  Math.max(0, ...sessions.map((one) => one.key)) + 1;

export function emptySession(key = 1): SessionDraft {
  return {
    key,
    day: null,
    untilDay: null,
    from: "09:00",
    until: "11:00",
    setup: "",
    clearing: "",
    travel: "",
    equipment: [],
    inCharge: null,
  };
}

export function emptyDraft(): Draft {
  return {
    key: newKey(),
    sent: "",
    savedAt: 0,
    version: null,
    organiser: ownOrganisers()[0]?.value ?? null,
    title: "",
    description: "",
    kind: null,
    audience: "general",
    expected: 30,
    where: "venue",
    venue: null,
    space: null,
    places: "",
    division: null,
    address: "",
    open: null,
    task: null,
    campaign: null,
    parent: null,
    sessions: [emptySession()],
  };
}

const two = (n: number) => String(n).padStart(2, "0");
const clock = (at: string) => {
  const { hour, minute } = countyClock(at);
  return `${two(hour)}:${two(minute)}`;
};

function sessionOf(one: EventSession, key: number): SessionDraft {
  const [day, untilDay] = [dayOf(one.starts_at), dayOf(one.ends_at)];
  return {
    key,
    day,
    untilDay: untilDay === day ? null : untilDay,
    from: clock(one.starts_at),
    until: clock(one.ends_at),
    setup: one.setup_minutes || "",
    clearing: one.clearing_minutes || "",
    travel: one.travel_minutes || "",
    equipment: one.equipment.map(({ id }) => id),
    inCharge: one.in_charge ? { id: one.in_charge.id, name: one.in_charge.name } : null,
  };
}

/** An event as a draft to change it. */
export function draftOf(event: PlannedEvent): Draft {
  const first = event.sessions[0];
  return {
    ...emptyDraft(),
    version: event.version,
    organiser: event.organiser?.id ?? null,
    title: event.title,
    description: event.description,
    kind: event.kind,
    audience: event.audience,
    expected: event.expected,
    where: first?.venue_id ? "venue" : event.online ? "online" : "address",
    venue: first?.venue_id ?? null,
    space: first?.space_id ?? null,
    places: first?.places ?? "",
    division: event.division_code ?? null,
    address: event.address ?? "",
    open: event.open,
    task: event.plan_task ? `${event.plan_task.plan}/${event.plan_task.task}` : "outside",
    campaign: event.campaign?.id ?? null,
    parent: event.parent ?? null,
    sessions: event.sessions.map((one, n) => sessionOf(one, n + 1)),
  };
}

/** What this device kept of an event, new or of the version that is changed. */
export function readDraft(
  event: number | null,
  version: number | null = null,
  now = Date.now(),
): Draft | null {
  try {
    const found = JSON.parse(localStorage.getItem(stored(event)) ?? "null") as Draft | null;
    if (!found || now - found.savedAt > KEPT || found.version !== version) return null;
    // A draft of before equipment could be chosen has none.
    const sessions = found.sessions.map((one) => ({ ...one, equipment: one.equipment ?? [] }));
    return { ...emptyDraft(), ...found, sessions };
  } catch {
    return null;
  }
}

export function keepDraft(event: number | null, draft: Draft, now = Date.now()): void {
  try {
    localStorage.setItem(stored(event), JSON.stringify({ ...draft, savedAt: now }));
  } catch {
    // Closed storage: the draft lives as long as the page.
  }
}

export function eraseDraft(event: number | null): void {
  try {
    localStorage.removeItem(stored(event));
  } catch {
    // Nothing was kept then.
  }
}

/** The same again a week later. */
export function weekLater(session: SessionDraft, key: number): SessionDraft {
  const later = (day: string | null) => (day ? dayAfter(day, 7) : null);
  return { ...session, key, day: later(session.day), untilDay: later(session.untilDay) };
}

const endDay = (one: SessionDraft) => one.untilDay ?? one.day;
const whole = (value: number | string, least: number, most: number) =>
  /^\d{1,7}$/.test(String(value).trim()) && Number(value) >= least && Number(value) <= most;

/** What is missing, or cannot be; the rest the server finds. `school`: the chosen venue is one. */
export function check(draft: Draft, school: boolean, now = Date.now()): Faults {
  const faults: Faults = {};
  if (!draft.organiser) faults["/organiser_id"] = t("planning.organiser_missing");
  if (!draft.title.trim()) faults["/title"] = t("planning.title_missing");
  if (!draft.kind) faults["/kind"] = t("planning.kind_missing");
  if (!whole(draft.expected, 0, 1_000_000)) faults["/expected"] = t("planning.expected_missing");
  if (draft.where === "venue" && !draft.venue) faults["/venue"] = t("planning.venue_missing");
  if (draft.where !== "venue" && !draft.division) faults["/division_code"] = t("planning.place_missing");
  if (draft.where === "address" && !draft.address.trim()) faults["/address"] = t("planning.address_missing");
  if (draft.where === "venue" && draft.places !== "" && !whole(draft.places, 1, 100_000))
    faults["/places"] = t("planning.places_wrong");
  draft.sessions.forEach((one, n) => {
    const at = (day: string | null, time: string | null) =>
      day && time ? Date.parse(momentAt(day, time)) : NaN;
    const [from, until] = [at(one.day, one.from), at(endDay(one), one.until)];
    if (!one.day) faults[`/sessions/${n}/starts_at`] = t("planning.day_missing");
    else if (Number.isNaN(from) || Number.isNaN(until))
      faults[`/sessions/${n}/starts_at`] = t("planning.time_missing");
    else if (from <= now) faults[`/sessions/${n}/starts_at`] = t("planning.time_past");
    else if (until <= from) faults[`/sessions/${n}/ends_at`] = t("planning.ends_first");
    for (const what of ["setup", "clearing", "travel"] as const)
      if (one[what] !== "" && !whole(one[what], 0, 1440))
        faults[`/sessions/${n}/${what}_minutes`] = t("planning.minutes_wrong");
  });
  if (draft.open === null) faults["/open"] = t("planning.open_missing");
  else if (draft.open && school && draft.where === "venue") faults["/open"] = t("planning.school_closed");
  if (!draft.task) faults["/plan_task"] = t("planning.task_missing");
  return faults;
}

/** The body that is sent. */
export function bodyOf(draft: Draft, venueDivision: string | null): Facts {
  const [plan = "", task = ""] = draft.task && draft.task !== "outside" ? draft.task.split("/") : [];
  const inVenue = draft.where === "venue" && draft.venue;
  return {
    organiser_id: draft.organiser ?? 0,
    title: draft.title.trim(),
    description: draft.description.trim() || undefined,
    kind: draft.kind ?? "other",
    online: draft.where === "online",
    open: draft.open ?? false,
    division_code: (inVenue ? venueDivision : null) ?? draft.division ?? "",
    address: draft.where === "address" ? draft.address.trim() : undefined,
    audience: draft.audience,
    expected: Number(draft.expected),
    plan_task: plan && task ? { plan, task } : undefined,
    campaign_id: draft.campaign ?? undefined,
    parent_id: draft.parent?.id,
    sessions: draft.sessions.map((one) => sessionBody(draft, one)),
  };
}

function sessionBody(draft: Draft, one: SessionDraft): Facts["sessions"][number] {
  return {
    ...(draft.where === "venue" && draft.venue
      ? {
          venue_id: draft.venue,
          space_id: draft.space ?? undefined,
          places: draft.places === "" ? undefined : Number(draft.places),
        }
      : {}),
    starts_at: momentAt(one.day!, one.from!),
    ends_at: momentAt(endDay(one)!, one.until!),
    in_charge: one.inCharge?.id,
    setup_minutes: Number(one.setup) || 0,
    clearing_minutes: Number(one.clearing) || 0,
    travel_minutes: Number(one.travel) || 0,
    equipment_ids: one.equipment,
  };
}

const isWhole = (one: SessionDraft) =>
  Boolean(one.day && one.from && one.until) &&
  Date.parse(momentAt(endDay(one)!, one.until!)) > Date.parse(momentAt(one.day!, one.from!)) &&
  (["setup", "clearing", "travel"] as const).every((what) => one[what] === "" || whole(one[what], 0, 1440));

/** What can be checked before it is sent: the sessions that are whole. */
export function thoughtOf(draft: Draft, event: number | null): Thought<Schemas["CheckEvent"]> | null {
  // A part is where its whole is and with its people: that these are taken then does not stand in its way.
  if (draft.parent) return null;
  const at = draft.sessions.flatMap((one, n) => (isWhole(one) ? [n] : []));
  const places = draft.where !== "venue" || draft.places === "" || whole(draft.places, 1, 100_000);
  if (!draft.organiser || !at.length || !places || !whole(draft.expected, 0, 1_000_000)) return null;
  return {
    at,
    body: {
      event_id: event,
      organiser_id: draft.organiser,
      division_code: draft.division,
      expected: Number(draft.expected),
      sessions: at.map((n) => sessionBody(draft, draft.sessions[n]!)),
    },
  };
}

/** A session at another time. */
export function movedTo(session: SessionDraft, time: { starts_at: string; ends_at: string }): SessionDraft {
  const [day, untilDay] = [dayOf(time.starts_at), dayOf(time.ends_at)];
  return {
    ...session,
    day,
    untilDay: untilDay === day ? null : untilDay,
    from: clock(time.starts_at),
    until: clock(time.ends_at),
  };
}
