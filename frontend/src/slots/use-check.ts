// What stands in the way of sessions, asked while they are typed. It is an aid: where it cannot be had, nothing is said.

import { onScopeDispose, shallowRef, watch, type ShallowRef } from "vue";
import type { Checked } from "./say";

/** For so long nothing is typed before it is asked, in milliseconds. */
const PAUSE = 500;

/** What is asked: the sessions that are whole, and which of those on the page they are. */
export type Thought<B> = { at: number[]; body: B };

/** What is found of the sessions on the page, by their place; nothing of one that is not whole yet. Only the newest answer counts. */
export function useCheck<B>(
  thought: () => Thought<B> | null,
  ask: (body: B) => Promise<Checked[]>,
): ShallowRef<Map<number, Checked>> {
  const found = shallowRef(new Map<number, Checked>());
  let newest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const rest = () => {
    clearTimeout(timer);
    newest += 1;
  };
  watch(
    () => JSON.stringify(thought()),
    (text) => {
      rest();
      const asked = JSON.parse(text) as Thought<B> | null;
      if (!asked) {
        found.value = new Map();
        return;
      }
      const mine = newest;
      timer = setTimeout(async () => {
        const answer = await ask(asked.body).catch(() => []);
        if (mine !== newest) return;
        found.value = new Map(
          asked.at.flatMap((at, n) => (answer[n] ? [[at, answer[n]] as [number, Checked]] : [])),
        );
      }, PAUSE);
    },
    { immediate: true },
  );
  onScopeDispose(rest);
  return found;
}
