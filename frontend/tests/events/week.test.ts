import { describe, expect, it } from "vitest";
import { byDay, daysOfWeek, isDay, isOn, mondayOf, partOn, rowsOf, spanOfWeek } from "../../src/events/week";

/** A span on the county's clock, eight hours ahead of UTC. */
const span = (from: string, until: string) => ({
  starts_at: new Date(`${from}:00+08:00`).toISOString(),
  ends_at: new Date(`${until}:00+08:00`).toISOString(),
});

describe("a week", () => {
  it("begins on Monday, also where the year ends in it", () => {
    expect(mondayOf("2026-11-23")).toBe("2026-11-23");
    expect(mondayOf("2026-11-29")).toBe("2026-11-23");
    expect(mondayOf("2027-01-01")).toBe("2026-12-28");
    expect(mondayOf("2027-01-03")).toBe("2026-12-28");
    expect(daysOfWeek("2026-12-28")).toEqual([
      "2026-12-28",
      "2026-12-29",
      "2026-12-30",
      "2026-12-31",
      "2027-01-01",
      "2027-01-02",
      "2027-01-03",
    ]);
  });

  it("has a leap day only in a leap year", () => {
    expect(daysOfWeek(mondayOf("2028-02-28"))).toContain("2028-02-29");
    expect(daysOfWeek(mondayOf("2027-02-28"))).not.toContain("2027-02-29");
  });

  it("is asked for from the county's midnight, not from that of UTC", () => {
    expect(spanOfWeek("2026-12-28")).toEqual({
      from: "2026-12-27T16:00:00.000Z",
      until: "2027-01-03T16:00:00.000Z",
    });
  });

  it("is named in the address by a day that exists", () => {
    expect(isDay("2026-11-23")).toBe(true);
    expect(isDay("2026-02-30")).toBe(false);
    expect(isDay("2026-13-01")).toBe(false);
    expect(isDay("now")).toBe(false);
    expect(isDay(null)).toBe(false);
  });
});

describe("a session", () => {
  it("that ends at midnight touches no other day", () => {
    const party = span("2026-12-31T22:00", "2027-01-01T00:00");
    expect(isOn(party, "2026-12-31")).toBe(true);
    expect(isOn(party, "2027-01-01")).toBe(false);
    expect(partOn(party, "2026-12-31")).toEqual({ from: "22:00", until: "24:00" });
  });

  it("over midnight is on both days, and each day has its own part", () => {
    const night = span("2026-11-26T20:00", "2026-11-27T02:00");
    expect(
      ["2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28"].filter((day) => isOn(night, day)),
    ).toEqual(["2026-11-26", "2026-11-27"]);
    expect(partOn(night, "2026-11-26")).toEqual({ from: "20:00", until: null });
    expect(partOn(night, "2026-11-27")).toEqual({ from: null, until: "02:00" });
  });

  it("that lasts a week fills the days between", () => {
    const show = span("2026-11-23T09:00", "2026-11-29T17:00");
    expect(partOn(show, "2026-11-25")).toEqual({ from: null, until: null });
    expect(byDay([show], daysOfWeek("2026-11-23")).length).toBe(7);
  });

  it("stands once among what is coming, under the day on which it begins", () => {
    const show = span("2026-11-26T09:00", "2026-11-29T17:00");
    const talk = span("2026-11-27T09:00", "2026-11-27T11:00");
    expect(byDay([show, talk]).map(([day, found]) => [day, found.length])).toEqual([
      ["2026-11-26", 1],
      ["2026-11-27", 1],
    ]);
  });
});

it("the venues in use are the rows, and whatever is in none stands last", () => {
  const at = (venue_id: number | null, venue: string | null) => ({ venue_id, venue });
  const rows = rowsOf([at(null, null), at(2, "文化馆"), at(1, "报告厅"), at(2, "文化馆")]);
  expect(rows.map((row) => [row.name, row.sessions.length])).toEqual([
    ["报告厅", 1],
    ["文化馆", 2],
    [null, 1],
  ]);
});
