// Who is signed in, in which of their roles they work now, and what else the whole page needs of them.

import { computed, shallowRef, watch } from "vue";
import { api, taken, versioned, type Schemas } from "@/api/client";
import { accessToken, forget, keep, signedInAs, wasSignedIn } from "@/api/tokens";
import { asProblem } from "@/api/problem";

export type Me = Schemas["Me"];
export type Grant = Schemas["GrantView"];
export type Role = Grant["role"];

/** Whose work orders are, in the order of the chain. */
export const STAFF: readonly Role[] = [
  "dispatcher",
  "scheduler",
  "officer",
  "leader",
  "supervisor",
  "auditor",
];
/** Who plans events for their organisation, and answers for what it keeps. */
export const PLANNERS: readonly Role[] = ["scheduler", "dispatcher", "officer", "leader"];

/** The person signed in; null for a visitor; undefined while it is not known yet. */
export const me = shallowRef<Me | null | undefined>(wasSignedIn() ? undefined : null);
/** The version of `me`, for changes of it. */
export const meEtag = shallowRef("");

/** All with work to do here; who holds several begins with the first of them. */
const WORKING: readonly Role[] = [...STAFF, "system_administrator", "security_administrator"];

/** The grants in force now, of those with work to do here. */
export const seats = computed<Grant[]>(() => {
  const now = Date.now();
  const inForce = (grant: Grant) =>
    !grant.waits_for_second &&
    Date.parse(grant.from) <= now &&
    (!grant.until || Date.parse(grant.until) > now);
  return (me.value?.grants ?? [])
    .filter((grant) => WORKING.includes(grant.role) && inForce(grant))
    .sort((a, b) => WORKING.indexOf(a.role) - WORKING.indexOf(b.role) || a.id - b.id);
});

const chosen = shallowRef<number | null>(null);
const SEAT = "kepu.seat";

/** The role in which the person works now: what their pages begin with. It gives no rights: the server knows all grants. */
export const seat = computed<Grant | null>(
  () => seats.value.find((grant) => grant.id === chosen.value) ?? seats.value[0] ?? null,
);
export const isStaff = computed(() => seat.value !== null);

export function takeSeat(grant: Grant): void {
  chosen.value = grant.id;
  try {
    localStorage.setItem(SEAT, String(grant.id));
  } catch {
    // It holds for this page then.
  }
}

try {
  chosen.value = Number(localStorage.getItem(SEAT)) || null;
} catch {
  chosen.value = null;
}

/** Whether the person holds any of these roles now. */
export function holds(...roles: Role[]): boolean {
  return seats.value.some((grant) => roles.includes(grant.role));
}

/** How many unread notices the person has. */
export const unread = shallowRef(0);

let reading: Promise<void> | null = null;

/** Reads who is signed in, once at a time. A visitor is nobody, not an error; a server that does not answer is one. */
export function loadMe(): Promise<void> {
  reading ??= readMe().finally(() => {
    reading = null;
  });
  return reading;
}

async function readMe(): Promise<void> {
  try {
    if (!(await accessToken())) {
      me.value = null;
      return;
    }
    const { body, etag } = await versioned(api.GET("/api/v1/me"));
    me.value = body;
    meEtag.value = etag;
    void countUnread();
  } catch (error) {
    const problem = asProblem(error);
    if (problem.status === 401) me.value = null;
    else if (me.value === undefined) me.value = null;
  }
}

export async function countUnread(): Promise<void> {
  if (!me.value || me.value.must_change_password) return;
  try {
    unread.value = (
      await taken(api.GET("/api/v1/notices", { params: { query: { unread: true, limit: 1 } } }))
    ).unread;
  } catch {
    // The bell keeps its number; the inbox itself tells what is wrong.
  }
}

/** Signs in. A refusal is thrown. */
export async function signIn(login: string, password: string): Promise<void> {
  const tokens = await taken(
    api.POST("/api/v1/auth/login", { body: { login, password, client: "browser" } }),
  );
  keep(tokens.access_token, tokens.expires_in);
  await loadMe();
}

export async function register(body: Omit<Schemas["Register"], "client">): Promise<void> {
  const tokens = await taken(api.POST("/api/v1/auth/register", { body: { ...body, client: "browser" } }));
  keep(tokens.access_token, tokens.expires_in);
  await loadMe();
}

/** Signs out in all tabs, also where the server cannot be asked. */
export async function signOut(): Promise<void> {
  try {
    await taken(api.POST("/api/v1/auth/logout", { body: {} }));
  } finally {
    forget();
    me.value = null;
    unread.value = 0;
  }
}

// Another tab signed out, or in as somebody else.
watch(signedInAs, () => void loadMe());
