import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { effectScope, nextTick, shallowRef, type EffectScope } from "vue";
import type { Checked } from "@/slots/say";
import { useCheck, type Thought } from "@/slots/use-check";

const taken = (code: Checked["hints"][number]["code"]): Checked => ({
  hints: [{ level: "block", code }],
  times: [],
  rooms: [],
});

let scope: EffectScope;
beforeEach(() => {
  vi.useFakeTimers();
  scope = effectScope();
});
afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

test("it is asked once nothing is typed for a while, and only of what is whole", async () => {
  const thought = shallowRef<Thought<string> | null>(null);
  const ask = vi.fn<(body: string) => Promise<Checked[]>>(async () => [taken("venue_taken")]);
  const found = scope.run(() => useCheck(() => thought.value, ask))!;
  await vi.advanceTimersByTimeAsync(2000);
  expect(ask).not.toHaveBeenCalled();
  thought.value = { at: [1], body: "first" };
  await nextTick();
  await vi.advanceTimersByTimeAsync(300);
  thought.value = { at: [1], body: "second" };
  await nextTick();
  await vi.advanceTimersByTimeAsync(499);
  expect(ask).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(ask.mock.calls).toEqual([["second"]]);
  // The only whole one is the second on the page.
  expect([...found.value]).toEqual([[1, taken("venue_taken")]]);
  thought.value = null;
  await nextTick();
  expect(found.value.size).toBe(0);
});

test("an answer that comes after a newer question does not count, and one that fails says nothing", async () => {
  const thought = shallowRef<Thought<string> | null>({ at: [0], body: "slow" });
  const answers: Record<string, () => Promise<Checked[]>> = {
    slow: () => new Promise((done) => setTimeout(() => done([taken("too_small")]), 5000)),
    quick: async () => [taken("person_taken")],
    none: () => Promise.reject(new Error("offline")),
  };
  const found = scope.run(() =>
    useCheck(
      () => thought.value,
      (body) => answers[body]!(),
    ),
  )!;
  await vi.advanceTimersByTimeAsync(600);
  thought.value = { at: [0], body: "quick" };
  await nextTick();
  await vi.advanceTimersByTimeAsync(600);
  expect(found.value.get(0)).toEqual(taken("person_taken"));
  await vi.advanceTimersByTimeAsync(6000);
  expect(found.value.get(0)).toEqual(taken("person_taken"));
  thought.value = { at: [0], body: "none" };
  await nextTick();
  await vi.advanceTimersByTimeAsync(600);
  expect(found.value.size).toBe(0);
});
