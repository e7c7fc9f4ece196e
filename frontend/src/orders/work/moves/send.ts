// Making a move: the body it needs by its verb, its version and its key.

import { api, keyOfForm, versioned, type Schemas, type Versioned } from "@/api/client";
import { asProblem, Problem } from "@/api/problem";
import type { paths } from "@/api/schema";
import { useForm, type Faults } from "@/ui/use-form";
import { words } from "@/i18n";
import { useInHand } from "../in-hand";
import type { Order } from "../wire";

type Posted<P extends keyof paths> = paths[P] extends {
  post: { requestBody: { content: { "application/json": infer B } } };
}
  ? B
  : never;

/** The body of every move that a person can make, by its verb. */
export type Bodies = {
  [
    P in keyof paths as P extends `/api/v1/orders/{id}/${infer V extends Schemas["Verb"]}` ? V : never
  ]: Posted<P>;
};
export type MoveVerb = keyof Bodies;

export function sendMove<V extends MoveVerb>(
  verb: V,
  id: number,
  etag: string,
  body: Bodies[V],
  key: string,
): Promise<Versioned<Order>> {
  // All moves are alike but for their body.
  const path = `/api/v1/orders/{id}/${verb}` as "/api/v1/orders/{id}/withdraw";
  return versioned(
    api.POST(path, {
      params: { path: { id }, header: { "If-Match": etag, "Idempotency-Key": key } },
      body: body as Schemas["Nothing"],
    }),
  );
}

/** The same refusal with the sentences of its faults in the reader's language. */
function told(problem: Problem): Problem {
  const errors = problem.body.errors?.map((fault) => ({
    ...fault,
    detail: words(`moves.fault_${fault.code}`) ?? fault.detail,
  }));
  return errors ? new Problem({ ...problem.body, errors }) : problem;
}

/** The form of a move of the order in hand. */
export function useMove<V extends MoveVerb>(verb: V, ask: { check?: () => Faults; body: () => Bodies[V] }) {
  const hand = useInHand();
  const keyOf = keyOfForm();
  return useForm<Versioned<Order>>({
    check: ask.check,
    async send() {
      const body = ask.body();
      try {
        return await sendMove(verb, hand.order.value.id, hand.etag.value, body, keyOf(body));
      } catch (error) {
        const problem = asProblem(error);
        if (problem.code === "stale" || problem.code === "not_now") await hand.lookAgain(problem);
        throw told(problem);
      }
    },
    done: (answer) => hand.moved(verb, answer),
  });
}

export type MoveForm = ReturnType<typeof useMove>;
