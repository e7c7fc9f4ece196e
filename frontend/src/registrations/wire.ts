// Registrations as the API has them, and how who registered comes to their own: signed in, or by the token of the link, which goes
// into a header and never into an address.

import {
  api,
  headersOf,
  newKey,
  taken,
  versioned,
  type Door,
  type Schemas,
  type Versioned,
} from "@/api/client";

export type Registration = Schemas["RegistrationView"];
export type Terms = Schemas["TermsView"];
export type State = Schemas["RegistrationState"];

export const STATES: readonly State[] = ["registered", "offered", "waiting", "cancelled", "lapsed"];

/** Whether a registration goes on. */
export const isLive = (one: Pick<Registration, "state">): boolean =>
  one.state === "registered" || one.state === "waiting" || one.state === "offered";

export function readTerms(event: number): Promise<Versioned<Terms>> {
  return versioned(api.GET("/api/v1/events/{id}/terms", { params: { path: { id: event } } }));
}

export function openRegistration(door: Door, id: number): Promise<Registration> {
  return taken(
    api.GET("/api/v1/registrations/{id}", { params: { path: { id } }, headers: headersOf(door) } as never),
  );
}

/** Confirms or cancels; sent twice with the same key, it happens once. */
export function move(
  door: Door,
  id: number,
  verb: "confirm" | "cancel",
  key = newKey(),
): Promise<Registration> {
  const given = {
    params: { path: { id }, header: { "Idempotency-Key": key } },
    headers: headersOf(door),
    body: {},
  };
  return verb === "confirm"
    ? taken(api.POST("/api/v1/registrations/{id}/confirm", given))
    : taken(api.POST("/api/v1/registrations/{id}/cancel", given));
}

/** A visitor's registration that was made or opened in this tab. */
export type Kept = { event: number; id: number; token: string };
const STORED = "kepu.registrations";

function all(): Kept[] {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(STORED) ?? "[]");
    return Array.isArray(found) ? (found as Kept[]) : [];
  } catch {
    return [];
  }
}

export const keptFor = (event: number): Kept | null => all().find((one) => one.event === event) ?? null;
export const keptLast = (): Kept | null => all()[0] ?? null;

/** The newest first; one an event. */
export function keep(kept: Kept): void {
  try {
    const others = all().filter((one) => one.event !== kept.event);
    sessionStorage.setItem(STORED, JSON.stringify([kept, ...others].slice(0, 20)));
  } catch {
    // It holds for this page then: the link is shown.
  }
}

/** The link of a visitor: number and token stand in the fragment, which no server sees. */
export const linkOf = (kept: Pick<Kept, "id" | "token">): string =>
  `${location.origin}/registration#${kept.id}.${kept.token}`;

/** What a link's fragment names; null where it is none. */
export function ofLink(hash: string): { id: number; token: string } | null {
  const found = /^#?(\d{1,15})\.([\w-]{20,100})$/.exec(hash);
  return found ? { id: Number(found[1]), token: found[2]! } : null;
}
