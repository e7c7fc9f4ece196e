// Asking the API from a page: loading, failed, there. And lists by pages.

import { onScopeDispose, shallowRef, watch, type ShallowRef, type WatchSource } from "vue";
import { asProblem, type Problem } from "@/api/problem";
import { signedInAs } from "@/api/tokens";

export type Loaded<T> = {
  data: ShallowRef<T | undefined>;
  problem: ShallowRef<Problem | undefined>;
  loading: ShallowRef<boolean>;
  reload: () => Promise<void>;
};

/** Asks once now and again whenever what it depends on changes; only the newest answer counts. */
export function useLoad<T>(ask: () => Promise<T>, on: WatchSource[] = []): Loaded<T> {
  const data = shallowRef<T>();
  const problem = shallowRef<Problem>();
  const loading = shallowRef(true);
  let newest = 0;
  async function reload(): Promise<void> {
    const mine = (newest += 1);
    loading.value = true;
    try {
      const answer = await ask();
      if (mine !== newest) return;
      data.value = answer;
      problem.value = undefined;
    } catch (error) {
      if (mine === newest) problem.value = asProblem(error);
    } finally {
      if (mine === newest) loading.value = false;
    }
  }
  watch([...on, signedInAs], () => void reload());
  onScopeDispose(() => (newest += 1));
  void reload();
  return { data, problem, loading, reload };
}

type PageOf<T> = { items: T[]; next?: string | null };

export type Pages<T> = {
  items: ShallowRef<T[]>;
  /** Whether there are more. */
  next: ShallowRef<string | null>;
  problem: ShallowRef<Problem | undefined>;
  loading: ShallowRef<boolean>;
  more: () => Promise<void>;
  reload: () => Promise<void>;
  /**
   * Quietly anew, as far as was read: what is shown stays until the answer is there, and stays where there is none. What
   * `stays` names is kept as it is, in its place.
   */
  refresh: (stays?: (item: T) => boolean) => Promise<void>;
};

/** A list by pages, from the newest; begins anew whenever what it depends on changes. */
export function usePages<T extends { id: number | string }>(
  ask: (after: string | undefined) => Promise<PageOf<T>>,
  on: WatchSource[] = [],
): Pages<T> {
  const items = shallowRef<T[]>([]);
  const next = shallowRef<string | null>(null);
  const problem = shallowRef<Problem>();
  const loading = shallowRef(true);
  let newest = 0;
  async function load(after?: string): Promise<void> {
    const mine = (newest += 1);
    loading.value = true;
    try {
      const page = await ask(after);
      if (mine !== newest) return;
      items.value = after ? [...items.value, ...page.items] : page.items;
      next.value = page.next ?? null;
      problem.value = undefined;
    } catch (error) {
      if (mine === newest) problem.value = asProblem(error);
    } finally {
      if (mine === newest) loading.value = false;
    }
  }
  async function refresh(stays: (item: T) => boolean = () => false): Promise<void> {
    if (loading.value) return;
    const mine = newest;
    try {
      let page = await ask(undefined);
      let found = page.items;
      while (page.next && found.length < items.value.length && mine === newest) {
        page = await ask(page.next);
        found = [...found, ...page.items];
      }
      if (mine !== newest) return;
      items.value = keeping(found, items.value, stays);
      next.value = page.next ?? null;
      problem.value = undefined;
    } catch {
      // What was read before still stands; the next time may do better.
    }
  }
  watch([...on, signedInAs], () => void load());
  onScopeDispose(() => (newest += 1));
  void load();
  const more = () => load(next.value ?? undefined);
  return { items, next, problem, loading, more, reload: () => load(), refresh };
}

/** The new list, with those of the old that stay: as they were, where they were. */
export function keeping<T extends { id: number | string }>(
  found: readonly T[],
  before: readonly T[],
  stays: (item: T) => boolean,
): T[] {
  const kept = before.map((item, at) => ({ item, at })).filter(({ item }) => stays(item));
  const items = found.filter((one) => !kept.some(({ item }) => item.id === one.id));
  for (const { item, at } of kept) items.splice(Math.min(at, items.length), 0, item);
  return items;
}
