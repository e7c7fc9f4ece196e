// The order that is open in the drawer, as its parts and the forms of its moves share it.

import { inject, type InjectionKey, type ShallowRef } from "vue";
import type { Versioned } from "@/api/client";
import type { Problem } from "@/api/problem";
import type { HistoryLine, Order, Verb } from "./wire";

export type InHand = {
  order: ShallowRef<Order>;
  etag: ShallowRef<string>;
  history: ShallowRef<HistoryLine[] | undefined>;
  /** What somebody else did while a form was open; gone when the form is left. */
  overtaken: ShallowRef<Problem | null>;
  /** A move was made: the order is this now. */
  moved: (verb: Verb, answer: Versioned<Order>) => void;
  /** Somebody was faster: reads the order anew; what was typed stays. */
  lookAgain: (problem: Problem) => Promise<void>;
  /** Back from a form to the order. */
  leave: () => void;
};

export const IN_HAND: InjectionKey<InHand> = Symbol("the order in hand");

export function useInHand(): InHand {
  const found = inject(IN_HAND);
  if (!found) throw new Error("no order is in hand here");
  return found;
}
