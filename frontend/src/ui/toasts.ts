import { shallowReactive } from "vue";

/** A word about what just happened; with `undo`, the way back. */
export type Toast = { id: number; text: string; kind: "done" | "failed"; undo?: () => void };

export const toasts = shallowReactive<Toast[]>([]);
let last = 0;

export function toast(text: string, kind: Toast["kind"] = "done", undo?: () => void): void {
  last += 1;
  toasts.push({ id: last, text, kind, undo });
  const id = last;
  // Long enough to read it twice, and longer where there is something to press.
  setTimeout(() => dismiss(id), undo ? 12_000 : 6_000);
}

export function dismiss(id: number): void {
  const at = toasts.findIndex((one) => one.id === id);
  if (at >= 0) toasts.splice(at, 1);
}
