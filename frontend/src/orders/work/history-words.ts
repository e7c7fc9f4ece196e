// A line of an order's history as a sentence: who, and what they did.

import { t, words } from "@/i18n";
import type { HistoryLine } from "./wire";

/** What the clock does by itself. */
const BY_ITSELF: readonly HistoryLine["verb"][] = ["expire_offer", "expire_review", "move_up"];

/** Who did it: name and unit of staff, else the requester, else the clock. */
export function actorOf(line: HistoryLine): string {
  if (line.who) return line.organisation ? `${line.organisation} ${line.who}` : line.who;
  if (BY_ITSELF.includes(line.verb)) return t("work.by_itself");
  return line.role ? (words(`enums.role_${line.role}`) ?? "") : t("work.the_requester");
}

/** What they did, with whom it is about. */
export function sayDeed(line: HistoryLine): string {
  const about = line.about ?? "";
  return (
    (about ? words(`moves.did_${line.verb}_to`, { about }) : null) ??
    words(`moves.did_${line.verb}`) ??
    line.verb
  );
}

/** The note of a line; of a postponement the reason's code comes first. */
export function noteOf(line: HistoryLine): string | null {
  if (!line.note) return null;
  if (line.verb !== "postpone") return line.note;
  const [code = "", ...rest] = line.note.split(": ");
  const reason = words(`enums.postpone_${code}`);
  return reason ? [reason, ...rest].join(t("moves.comma")) : line.note;
}

/** The old or new value of a changed field; times of a span come as `from/to`. */
export function sayValue(field: string, value: string | null | undefined): string {
  if (!value) return t("common.none");
  if (field === "audience") return words(`enums.audience_${value}`) ?? value;
  return value;
}
