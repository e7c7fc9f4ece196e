// Refusals of moves in words, where they say more than the state.

import type { Problem } from "@/api/problem";
import { sayProblem } from "@/ui/say-problem";
import { saySpan } from "@/i18n/dates";
import { t, words } from "@/i18n";

type Holder = {
  starts_at?: string;
  ends_at?: string;
  /** Where the reader may know of that one. */
  order?: { number: string; team?: string | null };
};
type Clash = { resource?: string; holder?: Holder; places_left?: number; missing?: string[] };

/** What is taken then, by whom where one may know, and how much is left of a space that is shared. */
function sayTaken({ resource, holder, places_left }: Clash): string | null {
  const said: string[] = [];
  if (holder?.starts_at && holder.ends_at) {
    const when = saySpan(holder.starts_at, holder.ends_at);
    if (resource === "person") said.push(t("moves.taken_person", { when }));
    else if (places_left !== undefined) said.push(t("moves.taken_places", { when, n: places_left }));
    else said.push(t("moves.taken_venue", { when }));
  } else if (places_left !== undefined) said.push(t("moves.few_places", { n: places_left }));
  if (holder?.order) {
    const { number, team } = holder.order;
    said.push(team ? t("moves.taken_by", { team, number }) : t("moves.taken_by_order", { number }));
  }
  return said.length ? said.join(" ") : null;
}

/** What a team lacks, as the API names it: `field health`, `language ko`, `kind experts`. */
function sayMissing(missing: string[]): string {
  return missing
    .map((one) => {
      const [what, code] = one.split(" ");
      if (what === "kind") return words(`enums.team_${code}`) ?? code;
      if (what === "language") return words(`moves.language_${code}`) ?? code;
      return words(`moves.field_${code}`) ?? code;
    })
    .join(t("moves.and"));
}

export function sayRefusal(problem: Problem): string {
  const more = problem.body as unknown as Clash;
  const taken = problem.code === "taken" ? sayTaken(more) : null;
  if (taken) return taken;
  if (problem.code === "team_lacks" && more.missing)
    return t("moves.team_lacks", { what: sayMissing(more.missing) });
  return words(`moves.refused_${problem.code}`) ?? sayProblem(problem);
}
