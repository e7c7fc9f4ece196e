// How this device shows the product: the size of text. The language is in `i18n`. Both are kept with the account where there is one.

import { computed, shallowRef } from "vue";

export type TextMode = "standard" | "large" | "largest";
export const TEXT_MODES: readonly TextMode[] = ["standard", "large", "largest"];

const STORED = "kepu.text";

function shown(): TextMode {
  const set = document.documentElement.dataset.text;
  return set === "large" || set === "largest" ? set : "standard";
}

/** The size of text on this page; `early.js` has set it before the first paint. */
export const textMode = shallowRef<TextMode>(shown());
export const isLarge = computed(() => textMode.value !== "standard");

export function setTextMode(mode: TextMode): void {
  textMode.value = mode;
  if (mode === "standard") delete document.documentElement.dataset.text;
  else document.documentElement.dataset.text = mode;
  try {
    localStorage.setItem(STORED, mode);
  } catch {
    // It holds for this page then.
  }
}
