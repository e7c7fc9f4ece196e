// The places of a list's filter: each township as a whole, then what lies in it.

import type { Division } from "./tree";

/** The places of a county by their townships; `whole` says a township with all that lies in it. */
export function placeOptions(all: readonly Division[], whole: (name: string) => string) {
  const county = all.find((one) => one.level === "county");
  const inside = (code: string | undefined) => all.filter((one) => one.parent_code === code);
  return inside(county?.code).flatMap((town) => [
    { value: town.code, label: whole(town.short_name), group: town.short_name },
    ...inside(town.code).map((one) => ({ value: one.code, label: one.short_name, group: town.short_name })),
  ]);
}
