// The county's places: read once, found by name, said by their path. Names repeat (富强 is a community and a village).

import { computed, shallowRef } from "vue";
import { api, taken, type Schemas } from "@/api/client";
import { asProblem, type Problem } from "@/api/problem";

export type Division = Schemas["DivisionView"];

const all = shallowRef<Division[]>([]);
const problem = shallowRef<Problem>();
let reading: Promise<void> | null = null;

async function read(): Promise<void> {
  try {
    all.value = (await taken(api.GET("/api/v1/divisions"))).items;
    problem.value = undefined;
  } catch (error) {
    problem.value = asProblem(error);
    reading = null;
  }
}

/** Reads the places, once for all who ask. */
export function loadDivisions(): Promise<void> {
  reading ??= read();
  return reading;
}

/** The places as a page needs them. */
export function useDivisions() {
  void loadDivisions();
  return {
    all,
    problem,
    reload: loadDivisions,
    county: computed(() => all.value.find((one) => one.level === "county")),
    townships: computed(() => {
      const county = all.value.find((one) => one.level === "county");
      return all.value.filter((one) => one.parent_code === county?.code);
    }),
  };
}

export function divisionOf(code: string | null | undefined): Division | undefined {
  return all.value.find((one) => one.code === code);
}

export function within(code: string): Division[] {
  return all.value.filter((one) => one.parent_code === code);
}

/** 友谊镇 › 繁荣社区; the county's own name only where it is meant itself. Orders' paths begin below it, places' with it. */
export function sayPath(path: readonly string[]): string {
  const county = all.value.find((one) => one.level === "county")?.short_name;
  return (path.length > 1 && path[0] === county ? path.slice(1) : path).join(" › ");
}

/** A place by its path; by its name alone where the places are not known. */
export function placeName(code: string | null | undefined, name?: string | null): string {
  const division = divisionOf(code);
  return division ? sayPath(division.path) : (name ?? "");
}

/** Places whose name holds the words, the ones that begin with them first; otherwise in the order of the codes. */
export function findPlaces(places: readonly Division[], words: string, most = 12): Division[] {
  const sought = words.replace(/\s+/g, "");
  if (!sought) return [];
  const found = places.filter(
    (one) => one.name.includes(sought) || one.path.slice(1).join("").includes(sought),
  );
  const rank = (one: Division) => (one.short_name.startsWith(sought) ? 0 : one.name.includes(sought) ? 1 : 2);
  return found.sort((a, b) => rank(a) - rank(b)).slice(0, most);
}
