import { beforeAll, expect, test } from "vitest";
import { loadWords } from "@/i18n";
import {
  checkWeek,
  line,
  onAllWeekdays,
  oneMore,
  sameWeek,
  sayWeek,
  timesOfDay,
  weekOf,
} from "@/organisations/week";

beforeAll(() => loadWords(["admin", "problems"]));

const on = (weekday: number, opens: string, closes: string) => ({ weekday, opens, closes });
const lines = (...hours: ReturnType<typeof on>[]) => hours.map(line);

test("the hours of a day are copied to all weekdays, and the weekend keeps its own", () => {
  const week = lines(
    on(1, "08:30", "11:30"),
    on(1, "13:30", "17:00"),
    on(3, "10:00", "12:00"),
    on(6, "09:00", "12:00"),
  );
  const all = weekOf(onAllWeekdays(week, 1));
  expect(all.filter((one) => one.weekday <= 5)).toHaveLength(10);
  expect(all.filter((one) => one.weekday === 3)).toEqual([on(3, "08:30", "11:30"), on(3, "13:30", "17:00")]);
  expect(all.filter((one) => one.weekday > 5)).toEqual([on(6, "09:00", "12:00")]);
});

test("morning and afternoon stand beside each other, two mornings do not", () => {
  expect(checkWeek(lines(on(1, "08:00", "12:00"), on(1, "12:00", "17:00"), on(2, "08:00", "12:00")))).toEqual(
    {},
  );
  expect(Object.keys(checkWeek(lines(on(1, "08:00", "12:00"), on(1, "11:30", "17:00"))))).toEqual([
    "/hours/1",
  ]);
});

test("a venue closes after it opens", () => {
  expect(Object.keys(checkWeek(lines(on(1, "17:00", "08:00"))))).toEqual(["/hours/0"]);
  expect(checkWeek(lines(on(1, "18:00", "24:00")))).toEqual({});
});

test("one more line is the next day with the same hours, and an evening once each day has some", () => {
  expect(oneMore(lines(on(1, "09:00", "16:00")))).toMatchObject(on(2, "09:00", "16:00"));
  const week = lines(...[1, 2, 3, 4, 5, 6, 7].map((day) => on(day, "09:00", "16:00")));
  expect(checkWeek([...week, oneMore(week)])).toEqual({});
});

test("days of the same hours are said together", () => {
  const week = [...[1, 2, 3, 4, 5].map((day) => on(day, "08:30", "17:00")), on(6, "09:00", "12:00")];
  expect(sayWeek(week)).toContain("周一");
  expect(sayWeek(week)).toContain("周五");
  expect(sayWeek(week)).not.toContain("周三");
  expect(sayWeek(week)).toMatch(/周六 09:00–12:00$/);
  expect(sayWeek([])).toBe("");
});

test("the order of the lines makes no other week", () => {
  expect(
    sameWeek(
      [on(2, "08:00", "09:00"), on(1, "08:00", "09:00")],
      [on(1, "08:00", "09:00"), on(2, "08:00", "09:00")],
    ),
  ).toBe(true);
  expect(sameWeek([on(1, "08:00", "09:00")], [])).toBe(false);
});

test("a time that no half hour gives can still be kept", () => {
  expect(timesOfDay("24:00", "08:45")).toContain("08:45");
  expect(timesOfDay("23:30", "09:00")).not.toContain("24:00");
});
