// The one way to the API: the typed client, with the sign-in renewed underneath and refusals as one kind of error.

import createClient, { type Middleware } from "openapi-fetch";
import { loadWords } from "@/i18n";
import { Problem, type ProblemBody } from "./problem";
import type { components, paths } from "./schema";
import { accessToken, renewed, signInAgain } from "./tokens";

export type Schemas = components["schemas"];

const bearer: Middleware = {
  async onRequest({ request }) {
    const token = await accessToken();
    if (token && !request.headers.has("Authorization") && !request.headers.has("Track-Token")) {
      request.headers.set("Authorization", `Bearer ${token}`);
    }
    return request;
  },
};

/** The request once more where its token ran out: with a new one, or after the person signed in again over the page. */
async function patientFetch(request: Request): Promise<Response> {
  const spare = request.clone();
  const response = await fetch(request).catch(() => {
    throw new Problem({ code: "offline", status: 0, title: "", detail: "" });
  });
  const used = spare.headers.get("Authorization")?.replace("Bearer ", "");
  if (response.status !== 401 || !used) return response;
  const next = (await renewed(used)) ?? (await signInAgain());
  if (!next) return response;
  spare.headers.set("Authorization", `Bearer ${next}`);
  return fetch(spare);
}

export const api = createClient<paths>({ baseUrl: "/", fetch: patientFetch });
api.use(bearer);

/** What a call of the client resolves to. */
type Answered<T> = { data?: T; error?: unknown; response: Response };

/** What was answered, or the refusal thrown as a [Problem]. */
export async function taken<T>(call: Promise<Answered<T>>): Promise<T> {
  return (await versioned(call)).body;
}

/** A body with the version that a change of it must name. */
export type Versioned<T> = { body: T; etag: string };

/** As `taken`, with the version. */
export async function versioned<T>(call: Promise<Answered<T>>): Promise<Versioned<T>> {
  const { data, error, response } = await call;
  if (!response.ok) {
    // The words of refusals come with the first one: most visits have none.
    await loadWords(["problems"]).catch(() => undefined);
    const body = error && typeof error === "object" ? (error as ProblemBody) : undefined;
    const wait = Number(response.headers.get("Retry-After")) || undefined;
    throw new Problem({
      ...(body ?? { code: "unreadable", status: response.status, title: "", detail: "" }),
      retry_after: wait,
    });
  }
  return { body: data as T, etag: response.headers.get("ETag") ?? "" };
}

/** How somebody comes to what is theirs: signed in (`null`), or by the token of a link. */
export type Door = { token: string | null };

/** The token goes into a header, and never into an address. */
export const headersOf = (door: Door): Record<string, string> =>
  door.token ? { "Track-Token": door.token } : {};

/** A key of our own for a creation: sending twice makes one. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The key of what a form sends: the same again is a repeat, and makes one; something else is another deed. */
export function keyOfForm(): (sent: unknown) => string {
  let key = newKey();
  let last: string | undefined;
  return (sent) => {
    const text = JSON.stringify(sent);
    if (last !== undefined && last !== text) key = newKey();
    last = text;
    return key;
  };
}
