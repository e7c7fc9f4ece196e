// What is said of events and their sessions.

import { dayOf, sayDay, sayMoment, sayTime } from "@/i18n/dates";
import { t, words } from "@/i18n";
import type { EventSession, Session } from "./wire";
import { partOn, type Span } from "./week";

/** 09:00–11:00; of a day that it began before or goes on after, only what is of that day. */
export function sayPart(session: Span, day: string): string {
  const { from, until } = partOn(session, day);
  if (from && until) return `${from}–${until}`;
  if (from) return t("events.from_time", { time: from });
  return until ? t("events.until_time", { time: until }) : t("events.whole_day");
}

/** How a session stands, where that is more than "it will be"; what is not settled yet is drawn dashed. */
export function standing(
  session: Pick<Session, "event_state" | "state" | "in_charge" | "venue_status">,
): { word: string; open: boolean } | null {
  if (session.event_state === "draft") {
    const waits = session.in_charge && !session.in_charge.agreed;
    return { word: waits ? t("events.draft_waits") : t("events.state_draft"), open: true };
  }
  const settled = session.state !== "planned" || session.venue_status === "confirmed";
  if (session.venue_status && !settled)
    return {
      word: t(session.venue_status === "tentative" ? "events.venue_waits" : "events.venue_gone"),
      open: true,
    };
  if (session.state === "held" || session.state === "not_held")
    return { word: words(`events.session_${session.state}`) ?? "", open: false };
  return null;
}

/** All that a session's button says, for those who do not see where in the week it stands. */
export function sayButton(session: Session, day: string): string {
  return [sayPart(session, day), session.title, session.organiser?.name, standing(session)?.word]
    .filter(Boolean)
    .join("，");
}

type Placed = {
  online: boolean;
  address?: string | null;
  division?: string | null;
};

/** Where a session is, in a line: the venue and its room, or the address, or that it is online. */
export function sayWhere(session: Pick<EventSession, "venue" | "space">, event: Placed): string {
  if (session.venue) return [session.venue, session.space].filter(Boolean).join(" · ");
  if (event.online) return t("events.online");
  return [event.division, event.address].filter(Boolean).join(" ");
}

/** When, by the clock: 11月23日 周一 09:00–11:00. */
export function sayExactly({ starts_at, ends_at }: Span): string {
  if (dayOf(starts_at) !== dayOf(ends_at)) return `${sayMoment(starts_at)} – ${sayMoment(ends_at)}`;
  return `${sayDay(starts_at)} ${sayTime(starts_at)}–${sayTime(ends_at)}`;
}
