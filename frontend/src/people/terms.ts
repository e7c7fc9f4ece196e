// From when until when a right holds, in words.

import type { Schemas } from "@/api/client";
import { t } from "@/i18n";
import { sayDay } from "@/i18n/dates";

type Term = Pick<Schemas["GrantView"], "from" | "until" | "waits_for_second" | "ended_by">;

/** The last day on which something holds that ends at this moment: midnight ends the day before. */
export function lastDay(until: string): string {
  return sayDay(Date.parse(until) - 1);
}

/** 从2026年3月2日起，到12月31日为止; what is still awaited, what is over. */
export function sayTerm(grant: Term, now = Date.now()): string {
  if (grant.waits_for_second) return t("enums.term_waits");
  if (grant.until && Date.parse(grant.until) <= now)
    return t("enums.term_ended", { day: lastDay(grant.until) });
  if (Date.parse(grant.from) > now) {
    return grant.until
      ? t("enums.term_later_until", { from: sayDay(grant.from), until: lastDay(grant.until) })
      : t("enums.term_later", { from: sayDay(grant.from) });
  }
  return grant.until
    ? t("enums.term_until", { from: sayDay(grant.from), until: lastDay(grant.until) })
    : t("enums.term_open", { from: sayDay(grant.from) });
}
