import { describe, expect, it } from "vitest";
import { beginning, factsMoved, mayStand, spanAt, stepped } from "@/events/moving";
import type { PlannedEvent, Session } from "@/events/wire";

const session = (id: number, starts_at: string, ends_at: string, venue_id: number | null = 4) => ({
  id,
  starts_at,
  ends_at,
  state: "planned",
  venue_id,
  venue: "活动室",
  space_id: 9,
  space: null,
  places: 3,
  venue_status: "confirmed",
  in_charge: { id: 7, name: "马超", agreed: true },
  setup_minutes: 30,
  clearing_minutes: 15,
  travel_minutes: 10,
  equipment: [{ id: 3, name: "展板" }],
  attendance: null,
});
const event = {
  id: 1,
  title: "观鸟",
  description: "",
  kind: "lecture",
  online: false,
  open: true,
  organiser: { id: 2, name: "友谊镇" },
  division_code: "230522100003",
  address: null,
  audience: "general",
  expected: 20,
  plan_task: { plan: "youyi-2021", task: "A4.2", title: "" },
  sessions: [
    session(11, "2026-12-30T22:30:00Z", "2026-12-31T00:30:00Z"),
    session(12, "2027-01-04T01:00:00Z", "2027-01-04T02:00:00Z"),
  ],
} as unknown as PlannedEvent;

describe("a session that is moved in the week", () => {
  it("keeps its hours, also over the change of the year", () => {
    // Half past six in the morning of 31 December in the county.
    expect(spanAt(event.sessions[0]!, "2027-01-01")).toEqual({
      starts_at: "2026-12-31T22:30:00.000Z",
      ends_at: "2027-01-01T00:30:00.000Z",
    });
    expect(spanAt(event.sessions[0]!, "2026-12-31").starts_at).toBe("2026-12-30T22:30:00.000Z");
  });

  it("begins as much later as it was carried, whichever of its days it was taken up on", () => {
    expect(beginning({ starts_at: "2026-12-01T01:00:00Z" }, "2026-12-03", "2026-12-04")).toBe("2026-12-02");
    expect(beginning({ starts_at: "2026-12-31T01:00:00Z" }, "2026-12-31", "2027-01-02")).toBe("2027-01-02");
  });

  it("leaves all else of its event as it was", () => {
    const facts = factsMoved(event, 11, { day: "2027-01-02", venue: 4 });
    expect(facts).toMatchObject({
      organiser_id: 2,
      open: true,
      plan_task: { plan: "youyi-2021", task: "A4.2" },
    });
    expect(facts.sessions).toEqual([
      {
        venue_id: 4,
        space_id: 9,
        places: 3,
        starts_at: "2027-01-01T22:30:00.000Z",
        ends_at: "2027-01-02T00:30:00.000Z",
        in_charge: 7,
        setup_minutes: 30,
        clearing_minutes: 15,
        travel_minutes: 10,
        equipment_ids: [3],
      },
      expect.objectContaining({
        space_id: 9,
        starts_at: "2027-01-04T01:00:00Z",
        ends_at: "2027-01-04T02:00:00Z",
      }),
    ]);
  });

  it("takes the whole first room of another venue", () => {
    const [moved] = factsMoved(event, 11, { day: "2026-12-31", venue: 5 }).sessions;
    expect([moved?.venue_id, moved?.space_id, moved?.places]).toEqual([5, undefined, undefined]);
  });

  it("is carried from cell to cell, and never out of the week", () => {
    const days = ["2026-12-28", "2026-12-29", "2026-12-30"];
    const rows = [4, 5, null];
    const step = (day: string, venue: number | null, key: string) => stepped({ day, venue }, key, days, rows);
    expect(step("2026-12-28", 4, "ArrowRight")).toEqual({ day: "2026-12-29", venue: 4 });
    expect(step("2026-12-28", 4, "ArrowLeft")).toEqual({ day: "2026-12-28", venue: 4 });
    expect(step("2026-12-30", 4, "ArrowRight")).toEqual({ day: "2026-12-30", venue: 4 });
    expect(step("2026-12-28", 5, "ArrowDown")).toEqual({ day: "2026-12-28", venue: null });
    expect(step("2026-12-28", null, "ArrowDown")).toEqual({ day: "2026-12-28", venue: null });
    expect(step("2026-12-28", 4, "ArrowUp")).toEqual({ day: "2026-12-28", venue: 4 });
  });

  it("stays in a venue where it has one", () => {
    const inside = { venue_id: 4 } as Session;
    expect(mayStand(inside, { day: "2026-12-28", venue: 5 })).toBe(true);
    expect(mayStand(inside, { day: "2026-12-28", venue: null })).toBe(false);
    expect(mayStand({ venue_id: null } as Session, { day: "2026-12-28", venue: 5 })).toBe(false);
  });
});
