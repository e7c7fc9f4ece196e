// Routes that the generated types do not know yet, with the types of the domain that calls them. It goes when they do.

import { api } from "./client";

type Answered<T> = { data?: T; error?: unknown; response: Response };
type Query = Record<string, string | number | boolean | undefined>;

/** Asks a route; `taken` or `versioned` unwraps the answer. `fresh`: past what the browser remembers of a public answer. */
export function ask<T>(path: string, query: Query = {}, fresh = false): Promise<Answered<T>> {
  const cache = fresh ? "no-store" : undefined;
  return api.GET(path as never, { params: { query }, cache } as never) as never;
}

/** Changes something: with the version that was seen, or with a key of its own. */
export function tell<T>(
  path: string,
  body: unknown,
  guard: { etag?: string; key?: string } = {},
): Promise<Answered<T>> {
  const headers = {
    ...(guard.etag ? { "If-Match": guard.etag } : {}),
    ...(guard.key ? { "Idempotency-Key": guard.key } : {}),
  };
  return api.POST(path as never, { body, headers } as never) as never;
}
