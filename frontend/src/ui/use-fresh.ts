// What others do meanwhile: a page that is looked at asks again by itself.

import { onScopeDispose } from "vue";

const EVERY = 15_000;
/** Coming back asks at once, but not twice for one return (the window's focus and the tab's sight). */
const AT_MOST = 3_000;
/** Nobody touched anything for so long: it waits for somebody, and keeps no sign-in alive meanwhile. */
const ASLEEP = 10 * 60_000;
const TOUCHES = ["pointerdown", "keydown", "scroll"] as const;

/** Asks every 15 seconds while the page is seen and somebody is there, and when they come back to it. */
export function useFresh(ask: () => void): void {
  let asked = Date.now();
  let touched = Date.now();
  const awake = () => document.visibilityState === "visible" && Date.now() - touched < ASLEEP;

  function again(after: number): void {
    if (!awake() || Date.now() - asked < after) return;
    asked = Date.now();
    ask();
  }
  function touch(): void {
    const slept = !awake();
    touched = Date.now();
    if (slept) again(AT_MOST);
  }
  function back(): void {
    if (document.visibilityState !== "visible") return;
    touched = Date.now();
    again(AT_MOST);
  }

  const clock = setInterval(() => again(0), EVERY);
  document.addEventListener("visibilitychange", back);
  addEventListener("focus", back);
  for (const kind of TOUCHES) addEventListener(kind, touch, { passive: true, capture: true });
  onScopeDispose(() => {
    clearInterval(clock);
    document.removeEventListener("visibilitychange", back);
    removeEventListener("focus", back);
    for (const kind of TOUCHES) removeEventListener(kind, touch, { capture: true });
  });
}
