// What each step needs before the next.

import { t } from "@/i18n";
import type { Faults } from "@/ui/use-form";
import { isPhone } from "../following/moves/moves";
import type { Draft } from "./draft";

export type Step = 1 | 2 | 3 | 4;

export function checkStep(step: Step, draft: Draft, phoneNeeded: boolean): Faults {
  const faults: Faults = {};
  if (step === 1) {
    if (!draft.title.trim()) faults["/title"] = t("ordering.title_missing");
    const many = Number(draft.attendees);
    if (!Number.isInteger(many) || many < 1 || many > 100_000)
      faults["/attendees"] = t("ordering.many_wrong");
  }
  if (step === 2) {
    if (!draft.division) faults["/division_code"] = t("ordering.place_missing");
    if (draft.anyTime === null) faults["/windows"] = t("ordering.time_missing");
    else if (!draft.anyTime && !draft.windows.length) faults["/windows"] = t("ordering.windows_missing");
  }
  if (step === 3) {
    if (!draft.name.trim()) faults["/contact_name"] = t("ordering.name_missing");
    const phone = draft.phone.trim();
    if (!phone && phoneNeeded) faults["/contact_phone"] = t("ordering.phone_missing");
    if (phone && !isPhone(phone)) faults["/contact_phone"] = t("ordering.phone_wrong");
    if (!draft.consent) faults["/consent"] = t("ordering.consent_missing");
  }
  return faults;
}

/** The first step that is not complete; 4, the review, where all are. */
export function firstOpen(draft: Draft, phoneNeeded: boolean): Step {
  for (const step of [1, 2, 3] as const)
    if (Object.keys(checkStep(step, draft, phoneNeeded)).length) return step;
  return 4;
}

/** The step where the server's fault of a field is mended. */
export function stepOf(pointer: string): Step {
  if (/^\/(title|details|audience|attendees)/.test(pointer)) return 1;
  if (/^\/(division_code|address|windows|others_may_come)/.test(pointer)) return 2;
  return 3;
}
