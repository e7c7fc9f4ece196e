// Equipment that travels, and the loans of it: how it is asked for, and how a deed is sent.

import { api, taken, versioned, type Schemas, type Versioned } from "@/api/client";
import { isOn } from "@/events/week";
import { words } from "@/i18n";
import { dayAfter, momentAt, sayDay } from "@/i18n/dates";

export type Equipment = Schemas["EquipmentView"];
export type EquipmentFacts = Schemas["EquipmentFacts"];
export type Kind = Schemas["EquipmentKind"];
export type Loan = Schemas["LoanView"];
export type Verb = Schemas["LoanVerb"];
export type Month = Schemas["EquipmentMonth"];
export type Side = "borrowing" | "lending";

export const KINDS: readonly Kind[] = ["caravan", "exhibits", "boards", "robots", "other"];
export const kindOptions = () =>
  KINDS.map((value) => ({ value, label: words(`equipment.kind_${value}`) ?? value }));
export const isKind = (value: unknown): value is Kind => KINDS.includes(value as Kind);

type Asked = { kind?: Kind; division?: string; q?: string; closed?: boolean; organisation_id?: number };

export const equipment = {
  list: (asked: Asked, after?: string) =>
    taken(api.GET("/api/v1/equipment", { params: { query: { ...asked, limit: 30, after } } })),
  read: (id: number) => versioned(api.GET("/api/v1/equipment/{id}", { params: { path: { id } } })),
  month: (id: number, month: string): Promise<Month> =>
    taken(api.GET("/api/v1/equipment/{id}/month", { params: { path: { id }, query: { month } } })),
  create: (body: EquipmentFacts, key: string) =>
    versioned(api.POST("/api/v1/equipment", { params: { header: { "Idempotency-Key": key } }, body })),
  change: (id: number, body: Schemas["EquipmentChange"], etag: string) =>
    versioned(
      api.POST("/api/v1/equipment/{id}/change", {
        params: { path: { id }, header: { "If-Match": etag } },
        body,
      }),
    ),
  close: (id: number, etag: string) =>
    versioned(
      api.POST("/api/v1/equipment/{id}/close", {
        params: { path: { id }, header: { "If-Match": etag } },
        body: {},
      }),
    ),
  reopen: (id: number, etag: string) =>
    versioned(
      api.POST("/api/v1/equipment/{id}/reopen", {
        params: { path: { id }, header: { "If-Match": etag } },
        body: {},
      }),
    ),
  wish: (id: number, body: Schemas["WishEquipment"], key: string) =>
    versioned(
      api.POST("/api/v1/equipment/{id}/wish", {
        params: { path: { id }, header: { "Idempotency-Key": key } },
        body,
      }),
    ),
};

export const loans = {
  list: (side: Side, after?: string) =>
    taken(api.GET("/api/v1/loans", { params: { query: { side, limit: 20, after } } })),
};

/** A piece of equipment to choose. */
export type Usable = { value: number; label: string };

/** What an organisation can take along: its own equipment, and what it has on loan. */
export async function usableBy(organiser: number | null): Promise<Usable[]> {
  if (!organiser) return [];
  const lent = (state: "agreed" | "handed_over") =>
    taken(api.GET("/api/v1/loans", { params: { query: { side: "borrowing", state, limit: 100 } } }));
  const [own, agreed, out] = await Promise.all([
    taken(api.GET("/api/v1/equipment", { params: { query: { organisation_id: organiser, limit: 100 } } })),
    lent("agreed"),
    lent("handed_over"),
  ]);
  const all = new Map(own.items.map(({ id, name }) => [id, name]));
  for (const { borrower, equipment } of [...agreed.items, ...out.items])
    if (borrower.id === organiser) all.set(equipment.id, equipment.name);
  return [...all].map(([value, label]) => ({ value, label }));
}

/** What a form of a deed was given. */
export type Given = { words: string; attendance: number };

/** With one key for one form: sending twice does it once. */
export function send(
  verb: Verb,
  of: { id: number; version: number; key: string },
  given: Given,
): Promise<Versioned<Loan>> {
  const header = { "If-Match": `"${of.version}"`, "Idempotency-Key": of.key };
  const params = { path: { id: of.id }, header };
  const said = given.words.trim();
  switch (verb) {
    case "agree":
      return versioned(api.POST("/api/v1/loans/{id}/agree", { params, body: { words: said || undefined } }));
    case "refuse":
      return versioned(api.POST("/api/v1/loans/{id}/refuse", { params, body: { reason: said } }));
    case "withdraw":
      return versioned(api.POST("/api/v1/loans/{id}/withdraw", { params, body: {} }));
    case "hand_over":
      return versioned(api.POST("/api/v1/loans/{id}/hand_over", { params, body: { condition: said } }));
    case "give_back":
      return versioned(api.POST("/api/v1/loans/{id}/give_back", { params, body: { condition: said } }));
    case "report":
      return versioned(
        api.POST("/api/v1/loans/{id}/report", {
          params,
          body: { attendance: given.attendance, remarks: said },
        }),
      );
  }
}

/** The likeliest first. */
const ORDER: readonly Verb[] = ["agree", "hand_over", "give_back", "report", "refuse", "withdraw"];
export const arranged = (moves: readonly Verb[]): Verb[] => ORDER.filter((verb) => moves.includes(verb));

const noon = (day: string) => momentAt(day, "12:00");

/** The days of a loan as people say them: 12月10日 周四 – 12月12日 周六; one day alone once. */
export function sayDays({ from_day, until_day }: Pick<Loan, "from_day" | "until_day">): string {
  return from_day === until_day
    ? sayDay(noon(from_day))
    : `${sayDay(noon(from_day))} – ${sayDay(noon(until_day))}`;
}

/** The days of a month, from its first to its last. */
export function daysOf({ from_day, until_day }: Pick<Month, "from_day" | "until_day">): string[] {
  const days = [from_day];
  while (days[days.length - 1]! < until_day) days.push(dayAfter(days[days.length - 1]!));
  return days;
}

export const monthOf = (day: string): string => day.slice(0, 7);
export const isMonth = (text: unknown): text is string =>
  typeof text === "string" && /^20\d\d-(0[1-9]|1[0-2])$/.test(text);

/** So many months later, or earlier. */
export function monthAfter(month: string, by: number): string {
  const [year, number] = month.split("-").map(Number) as [number, number];
  const at = year * 12 + number - 1 + by;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
}

/** Who uses it on a day, of sessions of events. */
export const usesOn = (month: Pick<Month, "uses">, day: string): Month["uses"] =>
  month.uses.filter((one) => isOn(one, day));
