// Check-ins that wait on this device for a network: kept before they are sent, and gone once they are answered.

import { createStore, del, entries, set, type UseStore } from "idb-keyval";
import { api, newKey, taken } from "@/api/client";
import { asProblem, type Problem } from "@/api/problem";
import { WAITING, type CheckedIn } from "./wire";

/** A code as it was scanned or typed. */
export type Scan = {
  session: number;
  code: string;
  heads: number;
  /** When, by this device's clock; its hour may be wrong, so only the time since then is sent. */
  at: number;
};

export type Outcome =
  | { kind: "done"; session: number; view: CheckedIn }
  | { kind: "kept"; session: number }
  | { kind: "refused"; session: number; problem: Problem };

const DEVICE = "kepu.door-device";

let database: UseStore | undefined;
/** Where the browser gives no database: as long as the page is open. */
const memory = new Map<number, Scan>();

/** What the browser's database answers; where there is none, or it is closed, what would be without it. */
async function asked<T>(ask: (store: UseStore) => Promise<T>, without: T): Promise<T> {
  try {
    return await ask((database ??= createStore("kepu-check-ins", "waiting")));
  } catch {
    return without;
  }
}

function flag(on: boolean): void {
  try {
    if (on) localStorage.setItem(WAITING, "1");
    else localStorage.removeItem(WAITING);
  } catch {
    // It is sent when this page is opened again.
  }
}

let drawn: string | undefined;
/** By what this device counts once: drawn at random, and nothing else is known of it. */
export function device(): string {
  if (drawn) return drawn;
  try {
    drawn = localStorage.getItem(DEVICE) ?? undefined;
    if (!drawn) localStorage.setItem(DEVICE, (drawn = newKey()));
  } catch {
    drawn = newKey();
  }
  return drawn;
}

/** A session is checked in to once: the newer code takes the older one's place. */
async function keep(scan: Scan): Promise<void> {
  memory.set(scan.session, scan);
  flag(true);
  await asked((store) => set(scan.session, scan, store), undefined);
}

async function forget(session: number): Promise<void> {
  memory.delete(session);
  await asked((store) => del(session, store), undefined);
  if (!(await waiting()).length) flag(false);
}

/** What has not been sent yet. */
export async function waiting(): Promise<Scan[]> {
  const kept = await asked((store) => entries<number, Scan>(store), []);
  return [...new Map([...memory, ...kept]).values()];
}

async function send(scan: Scan): Promise<Outcome> {
  const { session, code, heads, at } = scan;
  const waited_seconds = Math.max(0, Math.round((Date.now() - at) / 1000));
  try {
    const call = api.POST("/api/v1/sessions/{id}/check_in", {
      params: { path: { id: session } },
      body: { code, device: device(), heads, waited_seconds },
    });
    const view = await taken(call);
    await forget(session);
    return { kind: "done", session, view };
  } catch (error) {
    const problem = asProblem(error);
    // Nothing came back, or the answer is "not now": it waits. Anything else no waiting helps.
    if (problem.status === 0 || problem.status === 401 || problem.status === 429 || problem.status >= 500)
      return { kind: "kept", session };
    await forget(session);
    return { kind: "refused", session, problem };
  }
}

/** Keeps a check-in, so that nothing is lost, and sends it. */
export async function checkIn(scan: Scan): Promise<Outcome> {
  await keep(scan);
  return send(scan);
}

let sending: Promise<Outcome[]> | undefined;
/** Sends what waits, one after another; those who ask meanwhile hear the same. */
export function sendWaiting(): Promise<Outcome[]> {
  sending ??= all().finally(() => (sending = undefined));
  return sending;
}

async function all(): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const scan of await waiting()) outcomes.push(await send(scan));
  return outcomes;
}

let watched = false;
/** Sends what waits now, and whenever the network comes back while this site is open. */
export function sendWhenever(): void {
  if (!watched) addEventListener("online", () => void sendWaiting());
  watched = true;
  void sendWaiting();
}
