// The list of work of one set of filters, by pages, with the numbers of the chips.

import type { ShallowRef, WatchSource } from "vue";
import { api, taken, type Schemas } from "@/api/client";
import type { Grant } from "@/app/session";
import { useLoad, usePages, type Loaded, type Pages } from "@/ui/use-load";
import { asked, byPressure, todo, type Asked, type Filters } from "./filters";
import type { Item } from "./wire";

type Page = { items: Item[]; next?: string | null };

const LIMIT = 30;

function orders(query: Asked, limit: number, after?: string): Promise<Page> {
  return taken(api.GET("/api/v1/orders", { params: { query: { ...query, limit, after } } }));
}

/** A page of several questions at once. Each keeps its own place: the place of all is the list of theirs; null is its end. */
async function several(parts: ReturnType<typeof todo>, after?: string): Promise<Page> {
  let places = after
    ? (JSON.parse(after) as (string | null)[])
    : parts.map((): string | undefined => undefined);
  const items = new Map<number, Item>();
  // What is kept may be little of a page; a page that shows nothing though there is more would read as an end.
  for (let turn = 0; turn < 5 && items.size === 0; turn += 1) {
    const pages = await Promise.all(
      parts.map((part, n): Promise<Page> => {
        const place = places[n];
        return place === null
          ? Promise.resolve({ items: [], next: null })
          : orders(part.ask, LIMIT, place ?? undefined);
      }),
    );
    pages.forEach((page, n) => page.items.filter(parts[n]!.keep).forEach((item) => items.set(item.id, item)));
    places = pages.map((page) => page.next ?? null);
    if (places.every((place) => place === null)) break;
  }
  return {
    items: [...items.values()].sort(byPressure),
    next: places.some((place) => place !== null) ? JSON.stringify(places) : null,
  };
}

export type WorkList = Pages<Item> & {
  counts: Loaded<Schemas["CountView"][]>["data"];
  glance: () => Promise<void>;
};

export function useWorkList(filters: () => Filters, seat: ShallowRef<Grant | null> | WatchSource): WorkList {
  const key = () => JSON.stringify(filters());
  const now = () => (seat as ShallowRef<Grant | null>).value;
  const pages = usePages<Item>(
    (after) => {
      const wanted = filters();
      if (wanted.state === "todo") return several(todo(wanted, now()), after);
      const state = wanted.state === "all" ? undefined : wanted.state;
      return orders({ ...asked(wanted), state }, LIMIT, after);
    },
    [key, seat],
  );
  const withoutState = () => JSON.stringify({ ...filters(), state: "all" });
  const counts = useLoad(
    () => taken(api.GET("/api/v1/orders/counts", { params: { query: asked(filters()) } })),
    [withoutState],
  );
  return {
    ...pages,
    counts: counts.data,
    async refresh() {
      await Promise.all([counts.reload(), pages.refresh()]);
    },
    /** The counts alone; the list too where they have changed, since asking for it is dearer. */
    async glance() {
      const before = JSON.stringify(counts.data.value);
      await counts.reload();
      if (JSON.stringify(counts.data.value) !== before) await pages.refresh();
    },
  };
}
