// What was counted of an event, read once for those who show it and those who report it.

import { shallowRef } from "vue";
import { api, taken } from "@/api/client";
import { t } from "@/i18n";
import { sayNumber } from "@/i18n/dates";
import type { Attendance, SessionAttendance } from "./wire";

/** The counts of the event that a session is of. */
export const readCounts = (session: number): Promise<Attendance> =>
  taken(api.GET("/api/v1/sessions/{id}/attendance", { params: { path: { id: session } } }));

/**
 * What a report begins with: what was counted of each session at the door and on paper is in `came` already, where nothing was
 * typed; nothing where it cannot be read. Answers from what the number of a session comes, where one was proposed.
 */
export function useProposed(
  session: number | undefined,
  came: Record<number, string | number | undefined>,
): (id: number) => string | undefined {
  const known = shallowRef(new Map<number, SessionAttendance>());
  async function propose(of: number): Promise<void> {
    try {
      const { sessions } = await readCounts(of);
      known.value = new Map(sessions.filter((one) => one.counted != null).map((one) => [one.id, one]));
      for (const [id, one] of known.value) came[id] ??= one.counted!;
    } catch {
      // Then it is typed.
    }
  }
  if (session) void propose(session);
  return (id) => {
    const one = known.value.get(id);
    return one && sayProposed(one);
  };
}

/** From what a proposed number comes, in a line. */
function sayProposed(one: SessionAttendance): string {
  const how = [
    one.checked_in ? t("attendance.how_door", { n: sayNumber(one.checked_in) }) : "",
    one.paper ? t("attendance.how_paper", { n: sayNumber(one.paper.heads) }) : "",
  ];
  return t("attendance.proposed", { n: sayNumber(one.counted ?? 0), how: how.filter(Boolean).join(" + ") });
}

/** How many persons, as far as it is known. */
export function sayPersons({ at_least, at_most }: { at_least: number; at_most: number }): string {
  return at_least === at_most
    ? t("attendance.counts_persons", { n: sayNumber(at_least) })
    : t("attendance.counts_persons_between", { least: sayNumber(at_least), most: sayNumber(at_most) });
}
