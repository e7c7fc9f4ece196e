import { beforeEach, expect, test } from "vitest";
import { checkStep, firstOpen, stepOf } from "@/orders/ordering/check";
import { bodyOf, emptyDraft, eraseDraft, keepDraft, nextDraft, readDraft } from "@/orders/ordering/draft";

beforeEach(() => localStorage.clear());

const whole = () => ({
  ...emptyDraft(),
  title: " 想学用灭火器 ",
  division: "230522100003",
  anyTime: true,
  name: "王桂兰",
  phone: "138 0000 5201",
  consent: "2026-01",
});

test("a draft survives the page with its key, and is gone once it was sent", () => {
  const draft = whole();
  keepDraft(draft);
  expect(readDraft()).toMatchObject({ title: draft.title, key: draft.key, name: "王桂兰" });
  eraseDraft();
  expect(readDraft()).toBeNull();
});

test("a draft older than the server remembers its key begins anew", () => {
  keepDraft(whole(), Date.now() - 48 * 3_600_000);
  expect(readDraft()).toBeNull();
});

test("the next neighbour's order keeps the place and nothing of the neighbour", () => {
  const before = { ...whole(), address: "村委会", forOther: true, given: "written" as const };
  const next = nextDraft(before);
  expect(next).toMatchObject({
    division: "230522100003",
    address: "村委会",
    forOther: true,
    given: "written",
  });
  expect([next.title, next.name, next.phone, next.consent]).toEqual(["", "", "", null]);
  expect(next.key).not.toBe(before.key);
});

test("a resident's own order says so by saying nothing of another", () => {
  const body = bodyOf(whole());
  expect(body.title).toBe("想学用灭火器");
  expect(body.windows).toEqual([]);
  expect(body).not.toHaveProperty("for_other");
  expect(body.consent).toEqual({ version: "2026-01", given: "here" });
});

test("an order for somebody without a phone leaves the phone out and says how they consented", () => {
  const body = bodyOf({ ...whole(), phone: " ", forOther: true, channel: "visit", given: "spoken" });
  expect(body).not.toHaveProperty("contact_phone");
  expect(body).toMatchObject({ for_other: true, channel: "visit", consent: { given: "spoken" } });
});

test("a visitor needs a phone, a signed-in person or somebody ordered for does not", () => {
  const draft = { ...whole(), phone: "" };
  expect(Object.keys(checkStep(3, draft, true))).toEqual(["/contact_phone"]);
  expect(checkStep(3, draft, false)).toEqual({});
  expect(firstOpen(draft, true)).toBe(3);
  expect(firstOpen(draft, false)).toBe(4);
});

test("what the server finds is mended at its own step", () => {
  expect(["/title", "/windows/0/to", "/consent/version"].map(stepOf)).toEqual([1, 2, 3]);
});
