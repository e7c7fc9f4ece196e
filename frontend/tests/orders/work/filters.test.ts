import { expect, test } from "vitest";
import { asked, byPressure, countFilters, readFilters, todo, writeFilters } from "@/orders/work/filters";
import type { Item } from "@/orders/work/wire";

const officer = { role: "officer", organisation: { id: 94, name: "县民政局" } } as const;
const leader = { role: "leader", organisation: { id: 136, name: "医院队" } } as const;
const auditor = { role: "auditor", organisation: { id: 80, name: "县科协" } } as const;

test("an officer begins with what waits for their department, and the address says nothing of it", () => {
  const filters = readFilters({}, officer);
  expect(filters).toMatchObject({ state: "todo", department: 94, team: null, q: "" });
  expect(writeFilters(filters, officer)).toEqual({});
  expect(countFilters(filters, officer)).toBe(0);
});

test("who looks at other departments shares an address that says so", () => {
  const filters = { ...readFilters({}, officer), department: null };
  expect(writeFilters(filters, officer)).toEqual({ department_id: "all" });
  expect(readFilters({ department_id: "all" }, officer).department).toBeNull();
  expect(countFilters(filters, officer)).toBe(1);
});

test("an address with words and a state is read back as it was written", () => {
  const query = { state: "submitted", q: "急救", division: "230522101000", overdue: "true", team_id: "7" };
  expect(writeFilters(readFilters(query, officer), officer)).toEqual(query);
});

test("an address that somebody typed wrongly shows the seat's own list instead of an error", () => {
  expect(readFilters({ state: "nonsense", department_id: "x", division: "12" }, leader)).toMatchObject({
    state: "todo",
    team: 136,
    division: null,
  });
});

test("an auditor has nothing to do and begins with all", () => {
  expect(readFilters({}, auditor).state).toBe("all");
});

test("a figure of a report shows exactly its orders, also to an officer", () => {
  const filters = readFilters({ as_role: "officer", open: "true", state: "submitted" }, officer);
  expect(filters.department).toBeNull();
  expect(asked(filters)).toEqual({ as_role: "officer", open: "true" });
  expect(writeFilters(filters, officer)).toEqual({ as_role: "officer", open: "true", state: "submitted" });
  expect(readFilters({ as_role: "officer" }, officer).state).toBe("all");
});

test("one character is not looked for yet", () => {
  expect(asked(readFilters({ q: "急" }, auditor))).toEqual({});
  expect(asked(readFilters({ q: "急救" }, auditor))).toEqual({ q: "急救" });
});

test("an offer to the team waits for its leader, though it stands under no team yet", () => {
  const parts = todo(readFilters({}, leader), leader);
  const offered = parts.find((part) => part.ask.state === "accepted");
  expect(offered?.ask.team_id).toBeUndefined();
  expect(offered?.keep({ moves: ["decline", "claim"] } as unknown as Item)).toBe(true);
  expect(offered?.keep({ moves: ["claim"] } as unknown as Item)).toBe(false);
});

test("late comes before urgent, urgent before a near deadline, and no deadline comes last", () => {
  const item = (id: number, part: Partial<Item>) =>
    ({ id, late: false, urgent: false, due_at: null, ...part }) as Item;
  const sorted = [
    item(1, {}),
    item(2, { due_at: "2026-12-02T00:00:00Z" }),
    item(3, { due_at: "2026-12-01T00:00:00Z" }),
    item(4, { urgent: true, due_at: "2026-12-05T00:00:00Z" }),
    item(5, { late: true, due_at: "2026-11-01T00:00:00Z" }),
  ].sort(byPressure);
  expect(sorted.map((one) => one.id)).toEqual([5, 4, 3, 2, 1]);
});
