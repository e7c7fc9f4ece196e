import { shallowRef } from "vue";
import { asProblem, type Problem } from "@/api/problem";

/** A deed behind a button: one at a time, and what went wrong. */
export function useDeed<A extends unknown[]>(deed: (...given: A) => Promise<void>) {
  const busy = shallowRef(false);
  const problem = shallowRef<Problem>();
  async function act(...given: A): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    problem.value = undefined;
    try {
      await deed(...given);
    } catch (error) {
      problem.value = asProblem(error);
    } finally {
      busy.value = false;
    }
  }
  return { busy, problem, act };
}
