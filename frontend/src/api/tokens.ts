// The sign-in of this browser. The access token lives in this tab's memory alone; the refresh token is a cookie that no
// script reads. Several tabs renew one at a time: a token that was replaced must not be shown again.

import { shallowRef } from "vue";

type Access = { token: string; until: number };

let access: Access | null = null;
let renewing: Promise<string | null> | null = null;

/** Whether this browser was signed in when last seen. A hint for what to show first; the server decides. */
const HINT = "kepu.signed-in";
const others = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("kepu.tokens");

/** Moves when the person signs in, out, or as another: what was read before does not hold any more. */
export const signedInAs = shallowRef(0);

type Heard = { access: Access } | { signedOut: true };

others?.addEventListener("message", (event: MessageEvent<Heard>) => {
  if ("signedOut" in event.data) {
    access = null;
    signedInAs.value += 1;
  } else access = event.data.access;
});

/** Keeps a new access token and tells the other tabs. */
export function keep(token: string, expiresIn: number): void {
  // Renewed a little early: clocks differ, and the way takes time.
  access = { token, until: Date.now() + (expiresIn - 20) * 1000 };
  hint(true);
  others?.postMessage({ access } satisfies Heard);
}

/** Forgets the sign-in in all tabs. */
export function forget(): void {
  access = null;
  hint(false);
  others?.postMessage({ signedOut: true } satisfies Heard);
}

function hint(on: boolean): void {
  try {
    if (on) localStorage.setItem(HINT, "1");
    else localStorage.removeItem(HINT);
  } catch {
    // Closed storage: the next visit begins signed out.
  }
}

export function wasSignedIn(): boolean {
  try {
    return localStorage.getItem(HINT) === "1";
  } catch {
    return false;
  }
}

/** The access token, renewed where it ran out; null for a visitor. */
export async function accessToken(): Promise<string | null> {
  if (access && access.until > Date.now()) return access.token;
  if (!access && !wasSignedIn()) return null;
  return renewed(access?.token);
}

/** A new access token instead of one that does not count any more; null where the sign-in is over. */
export function renewed(instead?: string): Promise<string | null> {
  renewing ??= oneTabAtATime(() => renew(instead)).finally(() => {
    renewing = null;
  });
  return renewing;
}

function oneTabAtATime<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks ? (navigator.locks.request("kepu.refresh", work) as Promise<T>) : work();
}

async function renew(instead?: string): Promise<string | null> {
  // Another tab may have renewed it while we waited for our turn.
  if (access && access.token !== instead && access.until > Date.now()) return access.token;
  const response = await fetch("/api/v1/auth/refresh", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: "{}",
  });
  if (response.ok) {
    const { access_token, expires_in } = (await response.json()) as {
      access_token: string;
      expires_in: number;
    };
    keep(access_token, expires_in);
    return access_token;
  }
  if (response.status === 401 || response.status === 422) {
    access = null;
    return null;
  }
  // Busy or broken: the sign-in is as it was.
  throw new Error(`refresh answered ${response.status}`);
}

/** How the page asks the person to sign in again without leaving it; set by the dialog. */
let asking: (() => Promise<boolean>) | null = null;

export function askWith(ask: () => Promise<boolean>): void {
  asking = ask;
}

/** The person signs in again over the page, so that nothing typed is lost; null where they do not. */
export async function signInAgain(): Promise<string | null> {
  if (!asking || !(await asking())) return null;
  return access?.token ?? null;
}
