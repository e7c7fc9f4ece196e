// What keeping organisations and keeping venues have in common: a list by name and place, one of it open over it, a new one.

import { computed, shallowRef, type WatchSource } from "vue";
import { useDivisions } from "@/divisions/tree";
import { usePages, type Pages } from "@/ui/use-load";
import { t } from "@/i18n";

type Page<T> = { items: T[]; next?: string | null };
type Asked = { q?: string; division?: string; closed?: boolean; limit: number; after?: string };

/** `more`: filters beside those that both have. */
export function useKept<T extends { id: number }>(
  read: (asked: Asked) => Promise<Page<T>>,
  more: { value: unknown }[] = [],
) {
  const { townships } = useDivisions();
  const q = shallowRef("");
  const place = shallowRef<string | null>(null);
  const closed = shallowRef<"closed" | null>(null);
  const filters = [...more, place, closed] as { value: unknown }[];
  const list: Pages<T> = usePages<T>(
    (after) =>
      read({
        q: q.value || undefined,
        division: place.value ?? undefined,
        closed: closed.value ? true : undefined,
        limit: 30,
        after,
      }),
    [q, ...filters] as WatchSource[],
  );
  const open = shallowRef<number | null>(null);
  const creating = shallowRef(false);
  /** The list shows what has just become of one, without losing its place. */
  function put(one: T): void {
    const known = list.items.value.some((other) => other.id === one.id);
    list.items.value = known
      ? list.items.value.map((other) => (other.id === one.id ? one : other))
      : [one, ...list.items.value];
  }
  return {
    q,
    place,
    closed,
    places: computed(() => townships.value.map((one) => ({ value: one.code, label: one.short_name }))),
    shows: computed(() => [{ value: "closed" as const, label: t("admin.closed_ones") }]),
    /** How many filters are set. */
    set: computed(() => filters.filter((one) => one.value).length),
    clear: () => filters.forEach((one) => (one.value = null)),
    list,
    open,
    creating,
    put,
    created(one: T): void {
      creating.value = false;
      put(one);
      open.value = one.id;
    },
  };
}

export type Kept<T extends { id: number }> = ReturnType<typeof useKept<T>>;
