import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

type Words = Record<string, string>;

const SRC = join(__dirname, "../../src");
const dictionaries = import.meta.glob<{ default: Words }>("../../src/i18n/{zh,en}/*.ts", { eager: true });
const of = (language: string) =>
  new Map(
    Object.entries(dictionaries)
      .filter(([path]) => path.includes(`/${language}/`))
      .map(([path, module]) => [path.replace(/^.*\/|\.ts$/g, ""), module.default]),
  );
const [zh, en] = [of("zh"), of("en")];
const areas = [...zh.keys()].sort();

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return path === join(SRC, "i18n") ? [] : sources(path);
    return /\.(ts|vue)$/.test(entry.name) && entry.name !== "schema.d.ts" ? [readFileSync(path, "utf8")] : [];
  });
}
const code = sources(SRC).join("\n");
const quoted = new Set([...code.matchAll(/["'`]([a-z]+\.[a-z0-9_]+)["'`]/g)].map(([, key]) => key));

const api = JSON.parse(readFileSync(join(__dirname, "../../../docs/openapi.json"), "utf8")) as {
  components: { schemas: Record<string, { enum?: string[] }> };
};
const rules = readFileSync(join(__dirname, "../../../seeds/rules.toml"), "utf8");
const valuesOf = (name: string) => api.components.schemas[name]?.enum ?? [];
const ofRules = (name: string) => [
  ...new Set([...rules.matchAll(new RegExp(`^${name} = "(\\w+)"`, "gm"))].map(([, value]) => value ?? "")),
];

/**
 * Words asked for by a name made at run time, and what they mirror: each value must have its words (`all`), or may where only
 * some need them. What the API calls an enum is compared with it. `also` is an ending that a few of the words have a second form for.
 */
const MIRRORS: Record<string, { values: () => string[]; all: boolean; also?: string }> = {
  "account.may_": { values: () => valuesOf("Role"), all: true },
  "admin.deed_": { values: () => ofRules("deed"), all: true },
  "admin.kept_": { values: () => ofRules("subject"), all: true },
  "admin.language_": { values: () => ["zh", "ko", "mn", "ru", "en"], all: true },
  "admin.per_": { values: () => ofRules("per"), all: true },
  "admin.stage_": { values: () => [...ofRules("stage"), "normal", "urgent"], all: true },
  "admin.unit_": { values: () => ["working_days", "hours", "days", "of"], all: true },
  "admin.waiting_": { values: () => ["orders", "offers", "line"], all: true },
  "common.text_": { values: () => ["standard", "large", "largest", "size", "now"], all: true },
  "enums.answer_": { values: () => valuesOf("AnswerKind"), all: true },
  "enums.audience_": { values: () => valuesOf("Audience"), all: true },
  "enums.call_": { values: () => valuesOf("CallResult"), all: true },
  "enums.channel_": { values: () => valuesOf("Channel"), all: true },
  "enums.dispute_": { values: () => valuesOf("DisputeKind"), all: true },
  "enums.given_": { values: () => valuesOf("Given"), all: true },
  "enums.jurisdiction_": { values: () => valuesOf("Jurisdiction"), all: true },
  "enums.kind_": { values: () => valuesOf("OrganisationKind"), all: true },
  "enums.outcome_": { values: () => valuesOf("Outcome"), all: true },
  "enums.postpone_": { values: () => valuesOf("PostponeReason"), all: true },
  "registrations.state_": { values: () => valuesOf("RegistrationState"), all: true },
  "registrations.text_": { values: () => [...valuesOf("RegistrationState"), "off"], all: true },
  "enums.role_": { values: () => valuesOf("Role"), all: true },
  "enums.session_": { values: () => valuesOf("SessionState"), all: true },
  "enums.team_": { values: () => valuesOf("TeamKind"), all: true },
  "enums.venue_": { values: () => valuesOf("VenueStatus"), all: true },
  "equipment.kind_": { values: () => valuesOf("EquipmentKind"), all: true },
  "equipment.state_": { values: () => valuesOf("LoanState"), all: true },
  "equipment.do_": { values: () => valuesOf("LoanVerb"), all: true },
  "equipment.done_": { values: () => valuesOf("LoanVerb"), all: true },
  "equipment.label_": { values: () => valuesOf("LoanVerb"), all: false },
  "equipment.means_": { values: () => valuesOf("LoanVerb"), all: true },
  "equipment.missing_": { values: () => valuesOf("LoanVerb"), all: false },
  "equipment.often_": { values: () => valuesOf("LoanVerb"), all: false },
  "equipment.title_": { values: () => valuesOf("LoanVerb"), all: true },
  "equipment.yes_": { values: () => valuesOf("LoanVerb"), all: true },
  "events.kind_": { values: () => valuesOf("EventKind"), all: true },
  "feeds.kind_": { values: () => valuesOf("FeedKind"), all: false },
  "events.session_": { values: () => valuesOf("SessionState"), all: false },
  "events.state_": { values: () => valuesOf("EventState"), all: true },
  "enums.venue_kind_": { values: () => valuesOf("VenueKind"), all: true },
  "moves.": { values: () => valuesOf("Verb"), all: false },
  "moves.answer_label_": { values: () => valuesOf("AnswerKind"), all: false },
  "moves.did_": { values: () => valuesOf("Verb"), all: false, also: "_to" },
  "moves.do_": { values: () => valuesOf("Verb"), all: false },
  "moves.done_": { values: () => valuesOf("Verb"), all: false },
  "moves.hint_": { values: () => valuesOf("Verb"), all: false },
  "moves.label_": { values: () => valuesOf("Verb"), all: false },
  "moves.quick_": { values: () => valuesOf("Verb"), all: false },
  "orders.did_": { values: () => valuesOf("Verb"), all: false },
  "orders.do_": { values: () => valuesOf("Verb"), all: false },
  "orders.done_": { values: () => valuesOf("Verb"), all: false },
  "orders.next_": { values: () => valuesOf("State"), all: true, also: "_by" },
  "orders.now_": { values: () => valuesOf("State"), all: true },
  "orders.send_": { values: () => valuesOf("Verb"), all: false },
  "orders.text_": { values: () => valuesOf("Verb"), all: false },
  "orders.words_": { values: () => valuesOf("Verb"), all: false },
  "planning.ask_": { values: () => valuesOf("EventVerb"), all: false },
  "planning.do_": { values: () => valuesOf("EventVerb"), all: true },
  "planning.done_": { values: () => valuesOf("EventVerb"), all: false },
  "planning.kind_": { values: () => valuesOf("VenueKind"), all: true },
  "planning.stays_": { values: () => valuesOf("WhyStays"), all: true },
  "planning.text_": { values: () => valuesOf("EventVerb"), all: false },
  "planning.venue_": { values: () => valuesOf("VenueStatus"), all: true },
  "planning.yes_": { values: () => valuesOf("EventVerb"), all: false },
  "slots.hint_": { values: () => valuesOf("HintCode"), all: true },
  "slots.near_": { values: () => valuesOf("Nearness"), all: true },
  "slots.reason_": { values: () => valuesOf("SlotReason"), all: true },
  "slots.why_": { values: () => valuesOf("NoSlot"), all: true },
  "states.": { values: () => valuesOf("State"), all: true },
};

/** The same, where what they mirror is no list of the API: codes and steps of the pages themselves. */
const OWN_LISTS = [
  "bookings.refused_",
  "complaints.",
  "home.how_",
  "moves.fault_",
  "moves.field_",
  "moves.language_",
  "moves.refused_",
  "moves.stars_",
  "ordering.part_",
  "orders.due_",
  "orders.stars_",
  "planning.hint_",
  "planning.label_",
  "planning.minutes_",
  "planning.where_",
  "problems.",
  "work.",
];

const dynamic = [
  ...new Set([...code.matchAll(/`([a-z]+\.[a-z0-9_]*)\$\{/g)].map(([, prefix]) => prefix ?? "")),
];
/** Words of the API's own enums are whole, whichever of them a page shows by now. */
const isEnum = (key: string) =>
  Object.keys(MIRRORS).some(
    (prefix) => prefix.startsWith("enums.") && key.startsWith(prefix) && isMeant(key, prefix),
  );
const isDynamic = (key: string) => dynamic.some((prefix) => key.startsWith(prefix) && isMeant(key, prefix));
/** Of a mirrored list only its own values are meant: `moves.` does not cover all that begins so. */
function isMeant(key: string, prefix: string): boolean {
  const mirror = MIRRORS[prefix];
  const value = key.slice(prefix.length);
  const plain = mirror?.also && value.endsWith(mirror.also) ? value.slice(0, -mirror.also.length) : value;
  return !mirror || mirror.values().some((one) => one === value || one === plain);
}
const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name))].sort();

describe("the dictionaries", () => {
  it("are the same areas in both languages, each with words", () => {
    expect([...en.keys()].sort()).toEqual(areas);
    expect(areas.filter((area) => Object.keys(zh.get(area) ?? {}).length === 0)).toEqual([]);
  });

  it.each(areas)("%s has the same words in both languages, with the same values in them", (area) => {
    const [chinese, english] = [zh.get(area) ?? {}, en.get(area) ?? {}];
    expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort());
    for (const [key, text] of Object.entries(chinese))
      expect([key, placeholders(english[key] ?? "")]).toEqual([key, placeholders(text)]);
  });

  it.each(areas)("%s says nothing that no page asks for", (area) => {
    const unused = Object.keys(zh.get(area) ?? {})
      .map((key) => `${area}.${key}`)
      .filter((key) => !quoted.has(key) && !isDynamic(key) && !isEnum(key));
    expect(unused).toEqual([]);
  });

  it("hold every word that a page asks for", () => {
    const missing = [...quoted].filter((key) => {
      const [area, name] = (key ?? "").split(".") as [string, string];
      return zh.has(area) && name !== "length" && !(name in (zh.get(area) ?? {}));
    });
    expect(missing).toEqual([]);
  });

  it("know every name that is made at run time, and what it mirrors", () => {
    const listed = (prefix: string) => prefix in MIRRORS || OWN_LISTS.some((own) => prefix.startsWith(own));
    expect(dynamic.filter((prefix) => !listed(prefix))).toEqual([]);
  });

  it.each(Object.keys(MIRRORS).filter((prefix) => dynamic.includes(prefix)))(
    "have words for what %s mirrors",
    (prefix) => {
      const { values, all } = MIRRORS[prefix]!;
      const [area, start] = prefix.split(".") as [string, string];
      const words = zh.get(area) ?? {};
      const known = values();
      expect(known.length).toBeGreaterThan(0);
      if (all) expect(known.filter((value) => !(`${start}${value}` in words))).toEqual([]);
    },
  );
});
