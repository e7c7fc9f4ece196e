import { expect, test } from "vitest";
import { arranged, daysOf, isMonth, monthAfter, sayDays, usesOn, type Month } from "@/equipment/equipment";

test("a month has its days, and the months before and after it cross the years", () => {
  expect(daysOf({ from_day: "2028-02-01", until_day: "2028-02-29" })).toHaveLength(29);
  expect(daysOf({ from_day: "2026-12-01", until_day: "2026-12-31" }).at(-1)).toBe("2026-12-31");
  expect([monthAfter("2026-12", 1), monthAfter("2026-01", -1), monthAfter("2026-05", 1)]).toEqual([
    "2027-01",
    "2025-12",
    "2026-06",
  ]);
  expect(["2026-12", "2026-13", "26-12", null, ""].map(isMonth)).toEqual([true, false, false, false, false]);
});

test("one day is said once, and several by the first and the last", () => {
  const year = new Date().getUTCFullYear();
  expect(sayDays({ from_day: `${year}-12-10`, until_day: `${year}-12-10` })).toMatch(/^12月10日 \S+$/);
  expect(sayDays({ from_day: `${year}-12-10`, until_day: `${year}-12-12` })).toMatch(
    /^12月10日 \S+ – 12月12日 \S+$/,
  );
});

test("the likeliest deed stands first, and what cannot be done does not stand there", () => {
  expect(arranged(["refuse", "hand_over"])).toEqual(["hand_over", "refuse"]);
  expect(arranged(["withdraw"])).toEqual(["withdraw"]);
  expect(arranged([])).toEqual([]);
});

test("what ends at the county's midnight is of that day and not of the next", () => {
  const month = {
    uses: [{ title: "大篷车进广场", starts_at: "2026-12-10T01:00:00Z", ends_at: "2026-12-10T16:00:00Z" }],
  } as Pick<Month, "uses">;
  expect(["2026-12-09", "2026-12-10", "2026-12-11"].map((day) => usesOn(month, day).length)).toEqual([
    0, 1, 0,
  ]);
});
