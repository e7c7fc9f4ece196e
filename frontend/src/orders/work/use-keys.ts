// Moving through the work by keys: j and k or the arrows, Enter opens (the rows are links), Escape closes, ? shows the keys.
// Single letters can be switched off (WCAG 2.1.4), and never count while something is typed.

import { onMounted, onUnmounted, shallowRef } from "vue";

const STORED = "kepu.keys";
function remembered(): boolean {
  try {
    return localStorage.getItem(STORED) !== "off";
  } catch {
    return true;
  }
}

/** Whether single letters do anything. */
export const keysOn = shallowRef(remembered());
export function setKeys(on: boolean): void {
  keysOn.value = on;
  try {
    localStorage.setItem(STORED, on ? "on" : "off");
  } catch {
    // It holds for this page then.
  }
}

type Deed = "next" | "before" | "help";

/** What a key stands for; nothing while something is typed or a choice is open. */
export function deedOf(event: KeyboardEvent): Deed | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null;
  const target = event.target as HTMLElement | null;
  if (target?.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return null;
  const onRow = target?.closest("[data-row]") || target === document.body;
  if (event.key === "ArrowDown" && onRow) return "next";
  if (event.key === "ArrowUp" && onRow) return "before";
  if (!keysOn.value) return null;
  if (event.key === "j") return "next";
  if (event.key === "k") return "before";
  if (event.key === "?" || event.key === "？") return "help";
  return null;
}

export function useKeys(does: (deed: Deed) => boolean): void {
  const heard = (event: KeyboardEvent) => {
    const deed = deedOf(event);
    if (deed && does(deed)) event.preventDefault();
  };
  onMounted(() => addEventListener("keydown", heard));
  onUnmounted(() => removeEventListener("keydown", heard));
}

/** Puts the focus on the next or the former row of the list; false at its ends. */
export function stepThroughRows(by: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const row = rows[at < 0 ? (by === 1 ? 0 : rows.length - 1) : at + by];
  row?.focus();
  row?.scrollIntoView?.({ block: "nearest" });
  return row !== undefined;
}
