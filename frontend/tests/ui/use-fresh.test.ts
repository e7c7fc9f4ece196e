import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { effectScope, type EffectScope } from "vue";
import { useFresh } from "@/ui/use-fresh";

let scope: EffectScope;
let seen: "visible" | "hidden" = "visible";
const ask = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  ask.mockReset();
  seen = "visible";
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => seen);
  scope = effectScope();
  scope.run(() => useFresh(ask));
});
afterEach(() => {
  scope.stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
});
const seconds = (n: number) => vi.advanceTimersByTime(n * 1000);
const turn = (to: typeof seen) => {
  seen = to;
  document.dispatchEvent(new Event("visibilitychange"));
};

test("a page that is looked at asks again every fifteen seconds", () => {
  seconds(14);
  expect(ask).toHaveBeenCalledTimes(0);
  seconds(1 + 30);
  expect(ask).toHaveBeenCalledTimes(3);
});

test("a page that is not seen asks nothing, and once when somebody comes back to it", () => {
  turn("hidden");
  seconds(300);
  expect(ask).toHaveBeenCalledTimes(0);
  turn("visible");
  dispatchEvent(new Event("focus"));
  expect(ask).toHaveBeenCalledTimes(1);
});

test("a page before which nobody sits falls silent after ten minutes, until somebody touches it", () => {
  seconds(20 * 60);
  const before = ask.mock.calls.length;
  expect(before).toBeLessThanOrEqual(40);
  seconds(20 * 60);
  expect(ask).toHaveBeenCalledTimes(before);
  dispatchEvent(new Event("pointerdown"));
  expect(ask).toHaveBeenCalledTimes(before + 1);
});

test("a page that was left asks no more", () => {
  scope.stop();
  seconds(60);
  expect(ask).not.toHaveBeenCalled();
});
