// Two languages, a dictionary an area, loaded with the pages that use it. `Intl` does dates and numbers.

import { shallowReactive, shallowRef } from "vue";
import common from "./zh/common";
import states from "./zh/states";
import { AREAS, type Area, type Key } from "./areas";

export type Language = "zh" | "en";
export type { Area, Key };

type Dictionary = Record<string, string>;

const STORED = "kepu.language";

function remembered(): Language {
  try {
    return localStorage.getItem(STORED) === "en" ? "en" : "zh";
  } catch {
    return "zh";
  }
}

/** The language of this tab. */
export const language = shallowRef<Language>("zh");

type Loaded = Partial<Record<Area, Dictionary>>;

const loaded: Record<Language, Loaded> = {
  zh: shallowReactive<Loaded>({ common, states }),
  en: shallowReactive<Loaded>({}),
};

/** What every page uses, in whichever language. */
const wanted = new Set<Area>(["common", "states"]);

/** Loads the words of areas, once. */
export async function loadWords(areas: readonly Area[]): Promise<void> {
  areas.forEach((area) => wanted.add(area));
  const missing = [...wanted].filter((area) => !loaded[language.value][area]);
  const lang = language.value;
  await Promise.all(
    missing.map(async (area) => {
      loaded[lang][area] = (await AREAS[area][lang]()).default;
    }),
  );
}

/** Changes the language of this tab, and remembers it on this device. */
export async function speak(next: Language): Promise<void> {
  const before = language.value;
  if (before === next && document.documentElement.lang) return;
  language.value = next;
  try {
    await loadWords([]);
    localStorage.setItem(STORED, next);
  } catch {
    if (!loaded[next].common) language.value = before;
  }
  document.documentElement.lang = language.value === "en" ? "en" : "zh-CN";
}

/** The language that this device remembers, before the first page. */
export async function speakAsRemembered(): Promise<void> {
  if (remembered() === "en") await speak("en");
}

type Values = Record<string, string | number>;

/**
 * The words of a key. `{name}` is replaced by a value; `{n:order|orders}` chooses by the number `n`, for English.
 */
export function t(key: Key, values?: Values): string {
  return words(key, values) ?? key;
}

/** As `t`, for a key made at run time, such as of an error's code; null where there are no words for it. */
export function words(key: string, values?: Values): string | null {
  const dot = key.indexOf(".");
  const area = key.slice(0, dot) as Area;
  const text = loaded[language.value][area]?.[key.slice(dot + 1)] ?? loaded.zh[area]?.[key.slice(dot + 1)];
  if (text === undefined) return null;
  return values ? filled(text, values) : text;
}

function filled(text: string, values: Values): string {
  return text.replace(
    /\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g,
    (whole, name: string, one?: string, many?: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      if (one === undefined) return String(value);
      return Number(value) === 1 ? one : (many ?? "");
    },
  );
}
