// Refusals of moves in words, where they say more than the state.

import type { Problem } from "@/api/problem";
import { sayProblem } from "@/ui/say-problem";
import { saySpan } from "@/i18n/dates";
import { t, words } from "@/i18n";

type Clash = { resource?: string; holder?: { starts_at?: string; ends_at?: string }; missing?: string[] };

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
  if (problem.code === "taken" && more.holder?.starts_at && more.holder.ends_at) {
    const when = saySpan(more.holder.starts_at, more.holder.ends_at);
    return more.resource === "person" ? t("moves.taken_person", { when }) : t("moves.taken_venue", { when });
  }
  if (problem.code === "team_lacks" && more.missing)
    return t("moves.team_lacks", { what: sayMissing(more.missing) });
  return words(`moves.refused_${problem.code}`) ?? sayProblem(problem);
}
