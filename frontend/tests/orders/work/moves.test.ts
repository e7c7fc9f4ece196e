import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { arranged, FORMS, GRAVE, hasForm } from "@/orders/work/moves";
import en from "@/i18n/en/moves";
import zh from "@/i18n/zh/moves";

type Document = {
  paths: Record<string, { post?: unknown }>;
  components: { schemas: { Verb: { enum: string[] } } };
};
const api = JSON.parse(readFileSync("../docs/openapi.json", "utf8")) as Document;
const verbs = api.components.schemas.Verb.enum;
const routes = Object.keys(api.paths)
  .map((path) => /^\/api\/v1\/orders\/\{id\}\/([a-z_]+)$/.exec(path)?.[1])
  .filter(
    (verb): verb is string =>
      verb !== undefined && verbs.includes(verb) && "post" in api.paths[`/api/v1/orders/{id}/${verb}`]!,
  );

test("every move that a person can make has its form, and no form is for a move that does not exist", () => {
  expect(Object.keys(FORMS).sort()).toEqual([...routes].sort());
});

test("every move has its name, and every deed of the history its words, in both languages", () => {
  for (const words of [zh, en] as Record<string, string>[]) {
    expect(routes.filter((verb) => !words[verb])).toEqual([]);
    expect(verbs.filter((verb) => !words[`did_${verb}`])).toEqual([]);
    expect(GRAVE.filter((verb) => !words[`hint_${verb}`])).toEqual([]);
  }
});

test("a dispatcher has dispatch in front and an answer beside it; what ends the order stays behind more", () => {
  const moves = [
    "amend",
    "ask",
    "set_urgency",
    "transfer",
    "dispatch",
    "reject",
    "merge",
    "answer",
    "withdraw",
  ] as const;
  const { main, more } = arranged({ state: "submitted", moves: [...moves] }, "dispatcher");
  expect(main).toEqual(["dispatch", "answer"]);
  expect(more).toEqual(["amend", "ask", "set_urgency", "transfer", "reject", "merge", "withdraw"]);
});

test("after two returns the county decides before it dispatches once more", () => {
  expect(arranged({ state: "submitted", moves: ["dispatch", "decide_lead"] }, "dispatcher").main).toEqual([
    "decide_lead",
    "dispatch",
  ]);
});

test("an officer who could also claim looks for a team first; a leader claims", () => {
  const order = { state: "accepted", moves: ["offer", "claim", "give_up"] } as const;
  expect(arranged({ ...order, moves: [...order.moves] }, "officer").main).toEqual(["offer", "claim"]);
  expect(arranged({ state: "accepted", moves: ["decline", "claim"] }, "leader").main).toEqual([
    "claim",
    "decline",
  ]);
});

test("what the clock does is nobody's form", () => {
  expect(
    ["expire_offer", "expire_review", "move_up", "submit", "reveal_contact"].filter((verb) =>
      hasForm(verb as never),
    ),
  ).toEqual([]);
});
