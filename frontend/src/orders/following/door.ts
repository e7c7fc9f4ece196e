// How the requester comes to their order: signed in, or by the token of the link, which goes into a header and never into an address.

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

export type Order = Schemas["OrderView"];
export type Line = Schemas["HistoryView"];
/** The requester's moves, each with a form here. */
export const FORMS = [
  "reply",
  "review",
  "propose",
  "amend",
  "dispute",
  "reopen",
  "withdraw",
] as const satisfies readonly Schemas["Verb"][];
export type Form = (typeof FORMS)[number];

export type Opened = Versioned<Order> & { history: Line[] };

/** The order as its requester sees it, with its version and history. */
export async function openOrder(door: Door, id: number): Promise<Opened> {
  const params = { path: { id } };
  const [order, history] = await Promise.all([
    versioned(api.GET("/api/v1/orders/{id}", { params, headers: headersOf(door) })),
    taken(api.GET("/api/v1/orders/{id}/history", { params, headers: headersOf(door) })),
  ]);
  return { ...order, history };
}

/** Makes a move of the version that was seen; sent twice with the same key, it happens once. */
export function makeMove(
  door: Door,
  order: Versioned<Order>,
  verb: Form,
  body: unknown,
  key = newKey(),
): Promise<Versioned<Order>> {
  return versioned<Order>(
    api.POST(
      `/api/v1/orders/{id}/${verb}` as "/api/v1/orders/{id}/reply",
      {
        params: {
          path: { id: order.body.id },
          header: { "If-Match": order.etag, "Idempotency-Key": key },
        },
        headers: headersOf(door),
        body,
      } as never,
    ),
  );
}

const STORED = "kepu.follow";

/** The token of a link that was opened in this tab. */
export function rememberedToken(): string | null {
  try {
    return sessionStorage.getItem(STORED);
  } catch {
    return null;
  }
}

export function rememberToken(token: string): void {
  try {
    sessionStorage.setItem(STORED, token);
  } catch {
    // It holds for this page then.
  }
}
