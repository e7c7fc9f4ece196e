// Why an event could not be planned, in words: of a clash, with what and when.

import { api, taken } from "@/api/client";
import { asProblem, type Problem } from "@/api/problem";
import { sayProblem } from "@/ui/say-problem";
import { t } from "@/i18n";
import { sayExactly } from "./say";

type Clash = {
  resource?: string;
  holder?: { event_session_id?: number; loan_id?: number; starts_at?: string; ends_at?: string };
  places_left?: number;
};

/** Which event holds the place or the person, where the reader may know of it. */
async function holderOf(session: number, from: string, until: string): Promise<string | null> {
  try {
    const { items } = await taken(api.GET("/api/v1/calendar", { params: { query: { from, until } } }));
    const found = items.find((one) => one.id === session);
    if (!found) return null;
    return found.organiser
      ? t("planning.holder_of", { title: found.title, organiser: found.organiser.name })
      : t("planning.holder", { title: found.title });
  } catch {
    return null;
  }
}

/** A sentence for a refusal. What holds a place is looked up: the refusal itself names only its time. */
export async function sayRefusal(error: unknown): Promise<string> {
  const problem: Problem = asProblem(error);
  const { resource, holder, places_left } = problem.body as unknown as Clash;
  if (problem.code !== "taken" || !holder?.starts_at || !holder.ends_at) return sayProblem(problem);
  const { event_session_id, loan_id, starts_at, ends_at } = holder;
  const who =
    (event_session_id && (await holderOf(event_session_id, starts_at, ends_at))) ||
    t(loan_id ? "planning.on_loan" : "planning.somebody");
  const when = sayExactly({ starts_at, ends_at });
  if (resource === "equipment" || resource === "loan") return t("planning.taken_equipment", { who, when });
  if (resource === "person") return t("planning.taken_person", { who, when });
  if (places_left !== undefined) return t("planning.taken_places", { who, when, n: places_left });
  return t("planning.taken_place", { who, when });
}
