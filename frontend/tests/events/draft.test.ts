import { beforeEach, describe, expect, it } from "vitest";
import {
  bodyOf,
  check,
  emptyDraft,
  emptySession,
  eraseDraft,
  keepDraft,
  readDraft,
  weekLater,
  type Draft,
} from "../../src/events/draft";
import { readShown, writeShown } from "../../src/events/calendar";
import { loadWords } from "../../src/i18n";

const now = Date.parse("2026-11-23T00:00:00+08:00");
const whole = (part: Partial<Draft> = {}): Draft => ({
  ...emptyDraft(),
  organiser: 2,
  title: "家庭用电安全",
  kind: "lecture",
  venue: 1,
  open: true,
  task: "outside",
  sessions: [{ ...emptySession(), day: "2026-12-31" }],
  ...part,
});

beforeEach(async () => {
  localStorage.clear();
  await loadWords(["planning"]);
});

describe("an event that is planned", () => {
  it("lacks nothing once all is chosen, and is sent on the county's clock", () => {
    expect(check(whole(), false, now)).toEqual({});
    const body = bodyOf(whole(), "230522100003");
    expect(body.division_code).toBe("230522100003");
    expect(body.plan_task).toBeUndefined();
    expect(body.sessions).toEqual([
      expect.objectContaining({
        venue_id: 1,
        starts_at: "2026-12-31T01:00:00.000Z",
        ends_at: "2026-12-31T03:00:00.000Z",
      }),
    ]);
  });

  it("is told all that it lacks at once", () => {
    expect(Object.keys(check({ ...emptyDraft(), organiser: null }, false, now)).sort()).toEqual([
      "/kind",
      "/open",
      "/organiser_id",
      "/plan_task",
      "/sessions/0/starts_at",
      "/title",
      "/venue",
    ]);
  });

  it("can end on another day, but not before it begins, nor begin in the past", () => {
    const at = (part: object) => whole({ sessions: [{ ...emptySession(), day: "2026-12-31", ...part }] });
    expect(check(at({ until: "08:00", untilDay: "2027-01-01" }), false, now)).toEqual({});
    expect(Object.keys(check(at({ until: "08:00" }), false, now))).toEqual(["/sessions/0/ends_at"]);
    expect(Object.keys(check(at({ day: "2026-11-22" }), false, now))).toEqual(["/sessions/0/starts_at"]);
  });

  it("is never open to everybody in a school", () => {
    expect(Object.keys(check(whole(), true, now))).toEqual(["/open"]);
    expect(check(whole({ open: false }), true, now)).toEqual({});
  });

  it("takes no venue along where it is held elsewhere", () => {
    const body = bodyOf(
      whole({ where: "address", division: "230522100000", address: "广场" }),
      "230522100003",
    );
    expect(body).toMatchObject({ division_code: "230522100000", address: "广场", online: false });
    expect(body.sessions[0]).not.toHaveProperty("venue_id");
  });

  it("is there again a week later, over the end of the year too", () => {
    const one = { ...emptySession(), day: "2026-12-28", untilDay: "2026-12-29" };
    expect(weekLater(one, 2)).toMatchObject({
      key: 2,
      day: "2027-01-04",
      untilDay: "2027-01-05",
      from: "09:00",
    });
  });

  it("outlives a reload for two days, but not somebody else's change of the same event", () => {
    keepDraft(7, whole({ version: 3, title: "新名字" }), now);
    expect(readDraft(7, 3, now + 3_600_000)?.title).toBe("新名字");
    expect(readDraft(7, 4, now)).toBeNull();
    expect(readDraft(null, null, now)).toBeNull();
    expect(readDraft(7, 3, now + 48 * 3_600_000)).toBeNull();
    eraseDraft(7);
    expect(readDraft(7, 3, now)).toBeNull();
  });
});

describe("the calendar's address", () => {
  it("says nothing of this week, and names any day of another by its Monday", () => {
    expect(readShown({}, now).week).toBe("2026-11-23");
    const shown = readShown({ week: "2027-01-01", kind: "lecture", venue: "5", place: "230522100000" }, now);
    expect(shown).toEqual({
      week: "2026-12-28",
      kind: "lecture",
      campaign: null,
      venue: 5,
      place: "230522100000",
      organiser: null,
    });
    expect(writeShown(shown, now)).toEqual({
      week: "2026-12-28",
      kind: "lecture",
      venue: "5",
      place: "230522100000",
    });
    expect(writeShown(readShown({}, now), now)).toEqual({});
  });

  it("takes no nonsense for a filter", () => {
    expect(readShown({ week: "2026-02-30", kind: "party", venue: "-1", place: "x" }, now)).toEqual(
      readShown({}, now),
    );
  });
});
