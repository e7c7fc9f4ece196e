// Until when a team may answer an offer: a few moments people would name, none beyond what the rule allows.

import { dayOf, momentAt } from "@/i18n/dates";

/** Noon and 17:00 of today and tomorrow, where they are at least an hour ahead. */
export function answerTimes(now: number): string[] {
  const days = [0, 1].map((ahead) => dayOf(now + ahead * 86_400_000));
  return days
    .flatMap((day) => [momentAt(day, "12:00"), momentAt(day, "17:00")])
    .filter((at) => Date.parse(at) > now + 3_600_000);
}
