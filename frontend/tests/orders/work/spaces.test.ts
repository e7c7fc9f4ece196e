import { beforeAll, expect, test } from "vitest";
import { Problem } from "@/api/problem";
import { loadWords } from "@/i18n";
import { sayRefusal } from "@/orders/work/moves/refusals";
import {
  checkDrafts,
  draftOfSession,
  minutesWith,
  newDraft,
  sessionOf,
  spaceOf,
} from "@/orders/work/moves/sessions";
import type { Venue } from "@/orders/work/wire";

beforeAll(() => loadWords(["moves", "problems"]));

const venue = {
  id: 3,
  name: "县图书馆",
  spaces: [
    { id: 8, name: "展厅", capacity: 90, places: 20, active: true },
    { id: 7, name: "报告厅", capacity: 80, places: null, active: true },
    { id: 6, name: "旧楼", capacity: 10, places: null, active: false },
  ],
} as unknown as Venue;
const draft = newDraft({ day: "2026-12-02", venue: 3 });

test("a venue's first open space is meant until another is chosen, and never a closed one", () => {
  expect(spaceOf(draft, venue)?.id).toBe(7);
  expect(spaceOf({ ...draft, space: 8 }, venue)?.id).toBe(8);
  expect(spaceOf({ ...draft, space: 6 }, venue)?.id).toBe(7);
});

test("places are asked of a shared space alone, and none means all of it", () => {
  expect(sessionOf({ ...draft, space: 8, places: "5" }, [venue])).toMatchObject({ space_id: 8, places: 5 });
  expect(sessionOf({ ...draft, space: 8 }, [venue])).not.toHaveProperty("places");
  expect(sessionOf({ ...draft, space: 7, places: "5" }, [venue])).not.toHaveProperty("places");
});

test("set-up and clearing take a venue; the way takes whoever is in charge, wherever it is", () => {
  const around = { setup: 30, clearing: 15, travel: 45 };
  expect(sessionOf({ ...draft, ...around }, [venue])).toMatchObject({
    setup_minutes: 30,
    clearing_minutes: 15,
    travel_minutes: 45,
  });
  const elsewhere = sessionOf({ ...draft, ...around, venue: null }, [venue]);
  expect(elsewhere).toMatchObject({ travel_minutes: 45 });
  expect(elsewhere).not.toHaveProperty("setup_minutes");
});

test("what a session had already is kept when it is planned anew", () => {
  const before = {
    starts_at: "2026-12-02T01:00:00Z",
    ends_at: "2026-12-02T03:00:00Z",
    venue_id: 3,
    space_id: 8,
    places: 5,
    setup_minutes: 20,
    clearing_minutes: 0,
    travel_minutes: 40,
  };
  expect(sessionOf(draftOfSession(before as never), [venue])).toMatchObject({
    space_id: 8,
    places: 5,
    setup_minutes: 20,
    travel_minutes: 40,
  });
  expect(minutesWith(20)).toContain(20);
});

test("more places than there are, or none, are told at their own field", () => {
  const now = Date.parse("2026-11-24T02:00:00Z");
  for (const places of ["21", "0", "两个"])
    expect(Object.keys(checkDrafts([{ ...draft, space: 8, places }], now, [venue]))).toEqual([
      "/sessions/0/places",
    ]);
  expect(checkDrafts([{ ...draft, space: 8, places: "20" }], now, [venue])).toEqual({});
});

const clash = (more: object) =>
  sayRefusal(new Problem({ code: "taken", status: 409, title: "", detail: "", ...more } as never));
const holder = { starts_at: "2026-12-02T01:15:00Z", ends_at: "2026-12-02T03:00:00Z" };

test("a clash says with whom, where one may know of that order", () => {
  const order = { id: 1, number: "KP7M2Q9XWA", team: "县医院健康队" };
  expect(clash({ resource: "space", holder: { ...holder, order } })).toMatch(
    /09:15.*县医院健康队.*KP7M2Q9XWA/,
  );
  expect(clash({ resource: "space", holder })).not.toContain("工单");
});

test("a clash of a shared space says how many places are left", () => {
  expect(clash({ resource: "space", holder, places_left: 4 })).toMatch(/09:15.*4 个位子/);
  expect(clash({ resource: "space", places_left: 4 })).toContain("4 个位子");
});

test("a clash of a person speaks of the person", () => {
  expect(clash({ resource: "person", holder })).toContain("负责人");
});
