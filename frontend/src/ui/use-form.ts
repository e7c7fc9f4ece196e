// Sending a form: one at a time, faults at their fields, the rest above the form.

import { computed, nextTick, reactive, shallowRef } from "vue";
import { asProblem, type Problem } from "@/api/problem";
import { sayFault } from "./say-problem";

export type Faults = Record<string, string>;

/**
 * `check` answers faults by JSON pointer (`/title`); `send` does it. Faults that the server finds stand beside the fields of
 * the same pointers; a fault of an item (`/windows/0/to`) also counts for its list (`/windows`).
 */
export function useForm<T>(options: {
  check?: () => Faults;
  send: () => Promise<T>;
  done: (answer: T) => void | Promise<void>;
}) {
  const busy = shallowRef(false);
  const problem = shallowRef<Problem>();
  const faults = reactive<Faults>({});
  const all = computed(() => Object.entries(faults).map(([pointer, text]) => ({ pointer, text })));

  function set(found: Faults): void {
    for (const pointer of Object.keys(faults)) delete faults[pointer];
    Object.assign(faults, found);
  }

  async function showFaults(): Promise<void> {
    await nextTick();
    const first =
      document.querySelector<HTMLElement>("[data-faults]") ??
      document.querySelector<HTMLElement>("[aria-invalid=true]");
    first?.focus();
    first?.scrollIntoView?.({ block: "center" });
  }

  /** Whether the input holds; else the faults are shown. */
  async function holds(): Promise<boolean> {
    set(options.check?.() ?? {});
    if (all.value.length === 0) return true;
    await showFaults();
    return false;
  }

  async function submit(): Promise<void> {
    if (busy.value) return;
    problem.value = undefined;
    if (!(await holds())) return;
    busy.value = true;
    try {
      await options.done(await options.send());
    } catch (error) {
      const refused = asProblem(error);
      const told = refused.body.errors ?? [];
      set(Object.fromEntries(told.map((fault) => [fault.pointer, sayFault(fault)])));
      problem.value = refused;
      await showFaults();
    } finally {
      busy.value = false;
    }
  }

  /** The fault of a field, its items' faults among them. */
  const fault = (pointer: string): string | null =>
    faults[pointer] ?? all.value.find((one) => one.pointer.startsWith(`${pointer}/`))?.text ?? null;
  const clear = (pointer: string): void => {
    for (const one of Object.keys(faults))
      if (one === pointer || one.startsWith(`${pointer}/`)) delete faults[one];
  };

  return { busy, problem, faults, all, fault, clear, submit, holds };
}

export type Form = ReturnType<typeof useForm>;
