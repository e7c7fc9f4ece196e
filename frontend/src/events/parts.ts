// Stalls and parts that are added to an event, a line each.

import { likenessOf, type EventSession, type Facts, type PlannedEvent } from "./wire";

export type Row = {
  key: number;
  /** Of the deed: sending it twice adds it once. */
  id: string;
  title: string;
  organiser: number | null;
  /** What became of it. */
  sent: boolean;
  problem: string;
};

/** Lines with nothing in them. */
export const emptyRows = (from: number, n: number, organiser: number | null, newKey: () => string): Row[] =>
  Array.from({ length: n }, (_, at) => ({
    key: from + at,
    id: newKey(),
    title: "",
    organiser,
    sent: false,
    problem: "",
  }));

/** What still has to be sent: lines with a name that were not added yet. */
export const waiting = (rows: readonly Row[]): Row[] => rows.filter((row) => row.title.trim() && !row.sent);

/** A line as an event: at the place and in the time of a session of the whole, and like it in all else. */
export function partOf(whole: PlannedEvent, session: EventSession, row: Row): Facts {
  return {
    ...likenessOf(whole),
    organiser_id: row.organiser ?? whole.organiser?.id ?? 0,
    title: row.title.trim(),
    // Who comes to the whole comes to its parts: they are counted there.
    expected: 0,
    parent_id: whole.id,
    sessions: [
      {
        venue_id: session.venue_id ?? undefined,
        space_id: session.space_id ?? undefined,
        starts_at: session.starts_at,
        ends_at: session.ends_at,
      },
    ],
  };
}
