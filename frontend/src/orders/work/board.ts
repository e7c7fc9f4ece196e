// Which open orders a team sees first: what is offered to it, then what lies where it goes, its own fields before others.

import { liesIn } from "./directory";
import type { Item, Organisation } from "./wire";

export type BoardGroup = { key: "offered" | "near" | "far"; items: Item[] };

/** Whether a team goes there; one that names no places goes everywhere. */
export function comesTo(team: Organisation, item: Item): boolean {
  const reach = team.team?.reach ?? [];
  return reach.length === 0 || reach.some((place) => liesIn(item.division_code, place.code));
}

/** Whether it is of the team's fields: those that were asked for, else those of the department that answers for it. */
export function fits(team: Organisation, item: Item, departments: Organisation[]): boolean {
  const wanted = item.requires?.fields?.length
    ? item.requires.fields
    : (departments.find((one) => one.id === item.department?.id)?.fields ?? []);
  return wanted.some((field) => team.fields.includes(field));
}

/** The order of the API, the nearest deadline first, stays within each. */
export function grouped(items: Item[], team: Organisation, departments: Organisation[]): BoardGroup[] {
  const rank = (item: Item) => Number(fits(team, item, departments));
  const offered = items.filter((item) => item.offer?.team.id === team.id);
  const rest = items.filter((item) => !offered.includes(item));
  const near = rest.filter((item) => comesTo(team, item));
  const far = rest.filter((item) => !near.includes(item));
  const fitting = (list: Item[]) =>
    list
      .map((item, n) => ({ item, n }))
      .sort((a, b) => rank(b.item) - rank(a.item) || a.n - b.n)
      .map((one) => one.item);
  return (
    [
      { key: "offered", items: offered },
      { key: "near", items: fitting(near) },
      { key: "far", items: fitting(far) },
    ] satisfies BoardGroup[]
  ).filter((group) => group.items.length > 0);
}
