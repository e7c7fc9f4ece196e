// Which form a move has, which moves stand in front, and which can be taken back.

import { defineAsyncComponent, type Component } from "vue";
import type { Role } from "@/app/session";
import { newKey, type Versioned } from "@/api/client";
import { t } from "@/i18n";
import type { Order, Verb } from "../wire";
import { sendMove, type MoveVerb } from "./send";

const text = () => import("./TextMove.vue");
const nothing = () => import("./NothingMove.vue");
const dispatch = () => import("./DispatchMove.vue");
const department = () => import("./DepartmentMove.vue");
const sessions = () => import("./SessionsMove.vue");

const LOADERS: Record<MoveVerb, () => Promise<{ default: Component }>> = {
  dispatch,
  decide_lead: dispatch,
  redispatch: department,
  return: department,
  transfer: () => import("./TransferMove.vue"),
  merge: () => import("./MergeMove.vue"),
  answer: () => import("./AnswerMove.vue"),
  accept: () => import("./AcceptMove.vue"),
  offer: () => import("./AcceptMove.vue"),
  claim: () => import("./ClaimMove.vue"),
  propose: sessions,
  schedule: sessions,
  postpone: () => import("./PostponeMove.vue"),
  fulfil: () => import("./FulfilMove.vue"),
  set_urgency: () => import("./UrgencyMove.vue"),
  amend: () => import("./AmendMove.vue"),
  review: () => import("./ReviewMove.vue"),
  dispute: () => import("./DisputeMove.vue"),
  reject: text,
  release: text,
  give_up: text,
  reopen: text,
  ask: text,
  reply: text,
  uphold: text,
  settle: text,
  dismiss: text,
  withdraw: nothing,
  open: nothing,
  decline: nothing,
  unmerge: nothing,
};

/** The form of each move that a person can make. */
export const FORMS = Object.fromEntries(
  Object.entries(LOADERS).map(([verb, load]) => [verb, defineAsyncComponent(load)]),
) as Record<MoveVerb, Component>;

export const hasForm = (verb: Verb): verb is MoveVerb => verb in FORMS;

/** What carries an order on from each state, the likeliest first. An officer looks for a team; a leader is one. */
const FORWARD: Record<Order["state"], readonly MoveVerb[]> = {
  submitted: ["decide_lead", "dispatch", "reply", "answer"],
  dispatched: ["accept", "return", "reply", "redispatch"],
  accepted: ["offer", "open", "claim", "decline", "reply", "redispatch"],
  claimed: ["schedule", "propose", "reply", "ask", "release"],
  scheduled: ["fulfil", "schedule", "postpone"],
  fulfilled: ["review"],
  disputed: ["settle", "uphold"],
  closed: ["review"],
  unmet: ["reopen"],
  rejected: ["reopen"],
  merged: ["unmerge"],
  withdrawn: [],
};

/** The one or two moves in front for somebody in this role, and the rest behind "more". */
export function arranged(
  order: Pick<Order, "state" | "moves">,
  role?: Role,
): { main: MoveVerb[]; more: MoveVerb[] } {
  const open = order.moves.filter(hasForm);
  const forward = [...FORWARD[order.state]];
  if (role === "leader")
    forward.sort(
      (a, b) => Number(b === "claim" || b === "decline") - Number(a === "claim" || a === "decline"),
    );
  const main = forward.filter((verb) => open.includes(verb)).slice(0, 2);
  return { main, more: open.filter((verb) => !main.includes(verb)) };
}

/** Moves that end something or tell many: their button is red, and their form says what cannot be undone. */
export const GRAVE: readonly MoveVerb[] = ["reject", "withdraw", "give_up", "release", "postpone"];

/** How a move is taken back; null where it cannot be. `before` is the order as it was. */
export function wayBack(
  verb: Verb,
  before: Order,
  after: Versioned<Order>,
): (() => Promise<Versioned<Order>>) | null {
  const { id } = after.body;
  if (verb === "merge") return () => sendMove("unmerge", id, after.etag, {}, newKey());
  if (verb === "offer") return () => sendMove("open", id, after.etag, {}, newKey());
  if (verb === "set_urgency" && before.urgent !== after.body.urgent)
    return () =>
      sendMove(
        "set_urgency",
        id,
        after.etag,
        { urgent: before.urgent, reason: t("moves.taken_back") },
        newKey(),
      );
  return null;
}
