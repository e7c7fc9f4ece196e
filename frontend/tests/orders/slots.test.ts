import { expect, test } from "vitest";
import { saySpan } from "@/i18n/dates";
import { daysAhead, MOST, spanOf, stillAhead, toggled } from "@/orders/ordering/slots";

test("a morning is from eight to twelve on the county's clock, and is said as a morning", () => {
  const span = spanOf("2026-12-01", "morning");
  expect(span).toEqual({ from: "2026-12-01T00:00:00.000Z", to: "2026-12-01T04:00:00.000Z" });
  expect(saySpan(span.from, span.to)).toContain("上午");
});

test("a time tapped twice is taken out again, however its moment is written", () => {
  const morning = spanOf("2026-12-01", "morning");
  const asTheServerWritesIt = { from: "2026-12-01T00:00:00Z", to: "2026-12-01T04:00:00Z" };
  expect(toggled([asTheServerWritesIt], morning)).toEqual([]);
  expect(toggled([spanOf("2026-12-02", "evening")], morning)[0]).toEqual(morning);
});

test("there are never more times than the server takes", () => {
  const many = daysAhead(2, MOST).map((day) => spanOf(day, "evening"));
  expect(toggled(many, spanOf("2030-01-01", "morning"))).toHaveLength(MOST);
});

test("the county's next day begins at its own midnight, not the browser's", () => {
  // 23:30 in Shanghai on 30 November.
  expect(daysAhead(1, 2, Date.parse("2026-11-30T15:30:00Z"))).toEqual(["2026-12-01", "2026-12-02"]);
  expect(daysAhead(0, 1, Date.parse("2026-11-30T16:30:00Z"))).toEqual(["2026-12-01"]);
});

test("a time that has passed since the draft was kept is not offered again", () => {
  const spans = [spanOf("2026-12-01", "morning"), spanOf("2026-12-03", "morning")];
  expect(stillAhead(spans, Date.parse("2026-12-02T00:00:00Z"))).toEqual([spans[1]]);
});
