import { asProblem } from "@/api/problem";
import { t, words } from "@/i18n";

/** A refusal in the reader's language: by its code, else by the kind of its status, with what else it says. */
export function sayProblem(error: unknown): string {
  const problem = asProblem(error);
  const { holder, state, retry_after } = problem.body;
  if (problem.code === "not_now" && holder && state) {
    return t("problems.not_now_held", { state: words(`states.${state}`) ?? state, holder: holder.name });
  }
  if (problem.code === "not_now" && state)
    return t("problems.not_now_state", { state: words(`states.${state}`) ?? state });
  const said =
    words(`problems.${problem.code}`) ??
    words(`problems.status_${problem.status}`) ??
    t(problem.isOffline ? "common.cannot_reach" : "common.went_wrong");
  if (problem.status !== 429 || !retry_after || retry_after < 60) return said;
  return `${said}${t("problems.retry_in", { n: Math.ceil(retry_after / 60) })}`;
}

/** The sentence of one fault of the input. */
export function sayFault(fault: { code: string; detail: string }): string {
  return words(`problems.fault_${fault.code}`) ?? fault.detail;
}
