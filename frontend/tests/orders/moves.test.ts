import { expect, test } from "vitest";
import type { Order } from "@/orders/following/door";
import { bodyOf, check, draftOf } from "@/orders/following/moves/moves";

const order = {
  id: 1,
  state: "submitted",
  title: "想学用灭火器",
  details: "",
  audience: "general",
  attendees: 30,
  windows: [{ from: "2026-12-01T00:00:00Z", to: "2026-12-01T04:00:00Z" }],
  contact: { name: "王桂兰", phone: "13800005201", address: null, masked: false },
} as unknown as Order;

test("an amendment sends only what is another now", () => {
  const draft = { ...draftOf(order), attendees: "40", address: "村委会" };
  expect(bodyOf("amend", draft, order)).toEqual({ attendees: 40, address: "村委会" });
});

test("an amendment of nothing is not sent", () => {
  expect(check("amend", draftOf(order), order)).toHaveProperty([""]);
});

test("once a team has it, neither words nor times are sent", () => {
  const claimed = { ...order, state: "claimed" } as Order;
  const draft = { ...draftOf(claimed), title: "别的", anyTime: true, windows: [], contact_name: "王奶奶" };
  expect(bodyOf("amend", draft, claimed)).toEqual({ contact_name: "王奶奶" });
});

test("a review needs its stars, not its words", () => {
  const draft = draftOf(order);
  expect(Object.keys(check("review", draft, order))).toEqual(["/stars"]);
  expect(bodyOf("review", { ...draft, stars: 5 }, order)).toEqual({ stars: 5 });
});

test("a proposed time is on the county's clock", () => {
  const draft = { ...draftOf(order), day: "2026-12-03", start: "09:30", minutes: 90 };
  expect(bodyOf("propose", draft, order)).toEqual({
    sessions: [{ starts_at: "2026-12-03T01:30:00.000Z", ends_at: "2026-12-03T03:00:00.000Z" }],
  });
});
