// What is said of free times, and of what stands in the way of a session.

import type { Schemas } from "@/api/client";
import { sayExactly } from "@/events/say";
import { t, words } from "@/i18n";
import { momentAt, sayDay, sayNumber, saySpan } from "@/i18n/dates";

export type Checked = Schemas["CheckedSession"];
export type Hint = Schemas["Hint"];
export type FreeTime = Schemas["FreeTime"];
export type FreeRoom = Schemas["FreeRoom"];
export type Slot = Schemas["SlotView"];

/** A sentence for what stands in the way. */
export function sayHint(hint: Hint): string {
  const when =
    hint.starts_at && hint.ends_at ? sayExactly({ starts_at: hint.starts_at, ends_at: hint.ends_at }) : "";
  const n = hint.places_left ?? hint.seats ?? hint.minutes ?? hint.session ?? 0;
  const day = hint.day ? sayDay(momentAt(hint.day, "12:00")) : "";
  return words(`slots.hint_${hint.code}`, { when, n, day, reason: hint.reason ?? "" }) ?? hint.code;
}

/** A room that is free then, in a line. */
export function sayRoom(room: FreeRoom): string {
  return t(room.free_to_book ? "slots.room" : "slots.room_asked", {
    name: [room.venue, room.space].filter(Boolean).join(" · "),
    n: sayNumber(room.seats),
    near: words(`slots.near_${room.near}`) ?? "",
  });
}

/** When and where, and why just then and there. */
export function saySlot(slot: Slot): { when: string; where: string; why: string } {
  return {
    when: saySpan(slot.starts_at, slot.ends_at),
    where: slot.venue ? [slot.venue, slot.space].filter(Boolean).join(" · ") : t("slots.own_place"),
    why: slot.reasons.map((reason) => words(`slots.reason_${reason}`)).join(" · "),
  };
}
