import { expect, test } from "vitest";
import { byTime, keysOf, placeOf, presses, sayTaken, type Booking } from "@/bookings/bookings";

const booking = (part: Partial<Booking>) =>
  ({
    id: 1,
    status: "tentative",
    venue: { id: 1, name: "县图书馆" },
    space: { id: 1, name: "报告厅" },
    starts_at: "2026-11-23T00:30:00Z",
    ends_at: "2026-11-23T03:30:00Z",
    ...part,
  }) as Booking;

test("what must be answered first stands first", () => {
  const later = booking({ id: 1, answer_by: "2026-11-22T04:00:00Z" });
  const sooner = booking({ id: 2, answer_by: "2026-11-21T04:00:00Z" });
  expect(byTime([later, sooner]).map((one) => one.id)).toEqual([2, 1]);
});

test("what stands already is in the order of its days", () => {
  const later = booking({ id: 1, status: "confirmed", starts_at: "2026-12-01T00:00:00Z" });
  const sooner = booking({ id: 2, status: "confirmed" });
  expect(byTime([later, sooner]).map((one) => one.id)).toEqual([2, 1]);
});

test("a keeper reads the minutes, and both days of what goes on over midnight", () => {
  const year = new Date().getUTCFullYear();
  const [from, until] = [`${year}-11-23T00:30:00Z`, `${year}-11-23T04:00:00Z`];
  expect(sayTaken(booking({ starts_at: from, ends_at: until }))).toMatch(/^11月23日 \S+ 08:30–12:00$/);
  expect(sayTaken(booking({ starts_at: from, ends_at: `${year}-11-23T17:00:00Z` }))).toMatch(
    /08:30–11月24日 \S+ 01:00$/,
  );
});

test("a space of its venue's name is not said twice", () => {
  expect(placeOf(booking({}))).toBe("县图书馆 · 报告厅");
  expect(placeOf(booking({ space: { id: 1, name: "县图书馆" } }))).toBe("县图书馆");
});

test("an answer presses in its last day, and without a time it never does", () => {
  const now = Date.parse("2026-11-20T00:00:00Z");
  expect(presses(booking({ answer_by: "2026-11-20T23:00:00Z" }), now)).toBe(true);
  expect(presses(booking({ answer_by: "2026-11-21T01:00:00Z" }), now)).toBe(false);
  expect(presses(booking({}), now)).toBe(false);
});

test("the same answer sent twice has one key, another booking's has its own", () => {
  const keyOf = keysOf();
  expect(keyOf("confirm 1")).toBe(keyOf("confirm 1"));
  expect(keyOf("confirm 1")).not.toBe(keyOf("confirm 2"));
});
