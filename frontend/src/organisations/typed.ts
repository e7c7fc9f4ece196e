// An organisation as it is typed, and what of it is sent.

import type { Kind, NewOrganisation, Organisation, OrganisationChange, TeamKind } from "./keeping";

export type Typed = {
  kind: Kind | null;
  name: string;
  full_name: string;
  /** One a line. */
  aliases: string;
  phone: string;
  division_code: string | null;
  fields: string[];
  host: { value: number; label: string } | null;
  teamKind: TeamKind | null;
  intro: string;
  languages: string[];
  reach: string[];
};

export function typed(one?: Organisation): Typed {
  const team = one?.team;
  return {
    kind: one?.kind ?? null,
    name: one?.name ?? "",
    full_name: one?.full_name === one?.name ? "" : (one?.full_name ?? ""),
    aliases: one?.aliases.join("\n") ?? "",
    phone: one?.phone ?? "",
    division_code: one?.division_code ?? null,
    fields: [...(one?.fields ?? [])],
    host: team ? { value: team.host_id, label: team.host_name } : null,
    teamKind: team?.kind ?? null,
    intro: team?.intro ?? "",
    languages: [...(team?.languages ?? ["zh"])],
    reach: team?.reach.map((place) => place.code) ?? [],
  };
}

const lines = (text: string) =>
  text
    .split(/[\n、，,]/)
    .map((line) => line.trim())
    .filter(Boolean);

/** All of a new one. What must be there was asked for before. */
export function whole(form: Typed): NewOrganisation {
  const team = () => ({
    host_id: form.host!.value,
    kind: form.teamKind!,
    intro: form.intro.trim(),
    languages: form.languages,
    reach: form.reach,
  });
  return {
    kind: form.kind!,
    name: form.name.trim(),
    full_name: form.full_name.trim() || form.name.trim(),
    aliases: lines(form.aliases),
    phone: form.phone.trim() || null,
    division_code: form.division_code!,
    fields: form.fields,
    team: form.kind === "team" ? team() : undefined,
  };
}

const differing = <T extends object>(now: T, was: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(now).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name as keyof T]),
    ),
  ) as Partial<T>;

/** Of one that is there what differs from it, since what is left out stays. */
export function changed(form: Typed, one: Organisation): OrganisationChange {
  const now = whole(form);
  const was = whole(typed(one));
  const rest = differing(now, was);
  delete rest.team;
  const team = now.team && was.team ? differing(now.team, was.team) : {};
  return Object.keys(team).length ? { ...rest, team } : rest;
}
