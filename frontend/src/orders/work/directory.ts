// The county's units, places and tasks that the forms choose from: asked for once, when a form first needs them.

import { watch } from "vue";
import { api, taken } from "@/api/client";
import { signedInAs } from "@/api/tokens";
import { me } from "@/app/session";
import type { Division, Organisation, Task, Venue } from "./wire";

const kept = new Map<string, Promise<unknown>>();
watch(signedInAs, () => kept.clear());

function once<T>(name: string, ask: () => Promise<T>): Promise<T> {
  let found = kept.get(name) as Promise<T> | undefined;
  if (!found) {
    found = ask();
    kept.set(name, found);
    // What failed is asked for again by the next form.
    found.catch(() => kept.delete(name));
  }
  return found;
}

type Page<T> = { items: T[]; next?: string | null };

async function all<T>(page: (after?: string) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let after: string | undefined;
  do {
    const found = await page(after);
    items.push(...found.items);
    after = found.next ?? undefined;
  } while (after);
  return items;
}

const county = () => me.value?.county ?? undefined;

function organisations(kind: Organisation["kind"]): Promise<Organisation[]> {
  return once(kind, async () => {
    const found = await all((after) =>
      taken(
        api.GET("/api/v1/organisations", {
          params: { query: { kind, county: county(), limit: 100, after } },
        }),
      ),
    );
    // They were entered in the plan's order; lists of the API begin with the newest.
    return found.sort((a, b) => a.id - b.id);
  });
}

export const departments = () => organisations("department");
export const teams = () => organisations("team");
export const centres = () => organisations("centre");

export const venues = (): Promise<Venue[]> =>
  once("venues", () =>
    all((after) =>
      taken(api.GET("/api/v1/venues", { params: { query: { county: county(), limit: 100, after } } })),
    ),
  );

export const divisions = (): Promise<Division[]> =>
  once("divisions", async () => {
    const found = await taken(api.GET("/api/v1/divisions", { params: { query: { county: county() } } }));
    return found.items;
  });

export const fields = () =>
  once("fields", async () =>
    (await taken(api.GET("/api/v1/fields"))).items.filter((one) => one.kind === "field"),
  );

/** The tasks of the plan that is current, in its order, with the lead units of the programmes above them. */
export type PlanTask = {
  plan: string;
  task: Task;
  leads: number[];
  responsible: number[];
  programme: string;
};

export const planTasks = (): Promise<PlanTask[]> =>
  once("tasks", async () => {
    const plans = (await taken(api.GET("/api/v1/plans", { params: { query: { county: county() } } }))).items;
    const plan = plans.find((one) => one.current) ?? plans[0];
    if (!plan) return [];
    const items = (
      await taken(api.GET("/api/v1/plans/{id}/tasks", { params: { path: { id: String(plan.id) } } }))
    ).items;
    const parents = new Set(items.map((item) => item.parent_code));
    return items
      .filter((item) => item.kind === "task" || !parents.has(item.code))
      .map((task) => {
        const programme = items.find((item) => item.code === task.parent_code);
        const leads = task.lead_units.length ? task.lead_units : (programme?.lead_units ?? []);
        return {
          plan: plan.code,
          task,
          leads: leads.map((unit) => unit.id),
          responsible: task.responsible_units.map((unit) => unit.id),
          programme: programme?.title ?? "",
        };
      });
  });

/** The part of a division's code that all below it share. */
const stem = (code: string) => code.replace(/0{3}$/, "").replace(/(^\d{6})0{3}$/, "$1");

/** Whether a division lies in another, or is it. */
export function liesIn(division: string, other: string): boolean {
  return division.startsWith(stem(other));
}
