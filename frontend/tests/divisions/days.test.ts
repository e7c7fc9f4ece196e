import { expect, it } from "vitest";
import { daysFrom, isWeekend } from "../../src/divisions/days";

it("a week of holidays across the end of a month is seven days", () => {
  expect(daysFrom("2026-09-28", "2026-10-04")).toEqual([
    "2026-09-28",
    "2026-09-29",
    "2026-09-30",
    "2026-10-01",
    "2026-10-02",
    "2026-10-03",
    "2026-10-04",
  ]);
});

it("an end before its beginning is no day", () => {
  expect(daysFrom("2026-10-04", "2026-10-03")).toEqual([]);
});

it("only Saturdays and Sundays can be worked instead of a holiday", () => {
  expect(["2026-01-03", "2026-01-04", "2026-01-05"].map(isWeekend)).toEqual([true, true, false]);
});
