// What is booked of the venues that somebody's organisations keep, and their answers.

import { api, newKey, taken, type Schemas } from "@/api/client";
import { asProblem } from "@/api/problem";
import { sayProblem } from "@/ui/say-problem";
import { words } from "@/i18n";
import { dayOf, sayMoment, sayTime } from "@/i18n/dates";

export type Booking = Schemas["BookingView"];

export const bookings = {
  list: (status: "tentative" | "confirmed", after?: string) =>
    taken(api.GET("/api/v1/bookings", { params: { query: { status, limit: 20, after } } })),
  confirm: (id: number, key: string) =>
    taken(
      api.POST("/api/v1/bookings/{id}/confirm", {
        params: { path: { id }, header: { "Idempotency-Key": key } },
        body: {},
      }),
    ),
  refuse: (id: number, reason: string, key: string) =>
    taken(
      api.POST("/api/v1/bookings/{id}/refuse", {
        params: { path: { id }, header: { "Idempotency-Key": key } },
        body: { reason },
      }),
    ),
};

/** A key for each answer that is made: the same again makes one, another reason is another answer. */
export function keysOf(): (what: string) => string {
  const keys = new Map<string, string>();
  return (what) => {
    const key = keys.get(what) ?? newKey();
    keys.set(what, key);
    return key;
  };
}

/** When a place is taken, to the minute: what a keeper plans by. 11月23日 周一 08:30–11:30 */
export function sayTaken({ starts_at, ends_at }: Pick<Booking, "starts_at" | "ends_at">): string {
  const end = dayOf(starts_at) === dayOf(ends_at) ? sayTime(ends_at) : sayMoment(ends_at);
  return `${sayMoment(starts_at)}–${end}`;
}

/** Hours in which an answer is still wanted; what is nearer than a day presses. */
export function presses(booking: Booking, now: number): boolean {
  return Boolean(booking.answer_by) && Date.parse(booking.answer_by!) - now < 86_400_000;
}

/** The place as the keeper knows it: the space named like its venue is not said twice. */
export const placeOf = ({ venue, space }: Pick<Booking, "venue" | "space">): string =>
  space.name === venue.name ? venue.name : `${venue.name} · ${space.name}`;

/** What waits first by the time of its answer; what has none, and what stands already, by its day. */
export function byTime(list: readonly Booking[]): Booking[] {
  const at = (one: Booking) => Date.parse(one.answer_by ?? one.starts_at);
  return [...list].sort((a, b) => at(a) - at(b) || a.id - b.id);
}

export function sayRefused(error: unknown): string {
  const problem = asProblem(error);
  return words(`bookings.refused_${problem.code}`) ?? sayProblem(problem);
}
