import { api, taken, type Schemas } from "@/api/client";

type Kind = Schemas["OrganisationKind"];
type Find = (words: string) => Promise<{ value: number; label: string; hint?: string }[]>;

const made = new Map<string, Find>();

/**
 * Finds organisations of these kinds (none: of any) by a part of a name; `associations`: only counties' associations for science
 * and technology. The same function each time, so that a form can watch it.
 */
export function findOrganisations(kinds: readonly Kind[] = [], associations = false): Find {
  const key = [...kinds, associations].join();
  let found = made.get(key);
  if (!found) {
    found = async (q) => {
      const ask = (kind?: Kind) =>
        taken(
          api.GET("/api/v1/organisations", {
            params: { query: { kind, q: q || undefined, limit: associations ? 100 : 20 } },
          }),
        );
      const pages = await Promise.all(kinds.length ? kinds.map((kind) => ask(kind)) : [ask()]);
      return pages
        .flatMap((page) => page.items)
        .filter((one) => one.association || !associations)
        .map((one) => ({
          value: one.id,
          label: one.name,
          hint: one.full_name === one.name ? one.division_name : `${one.full_name} · ${one.division_name}`,
        }));
    };
    made.set(key, found);
  }
  return found;
}
