// Sending an order: once, however often it is tried.

import { api, taken, type Schemas } from "@/api/client";
import { asProblem } from "@/api/problem";
import { bodyOf, type Draft } from "./draft";

type Answer = { order: Schemas["SubmittedView"]; earlier: boolean };

function post(body: Schemas["Submit"], key: string): Promise<Schemas["SubmittedView"]> {
  return taken(api.POST("/api/v1/orders", { params: { header: { "Idempotency-Key": key } }, body }));
}

/**
 * Sends the draft under its key. Where an earlier try had arrived unheard and the words were changed since, the server knows the
 * key with other words: then the earlier order is the one, and `earlier` says so.
 */
export async function sendOrder(draft: Draft): Promise<Answer> {
  const body = bodyOf(draft);
  try {
    const order = await post(body, draft.key);
    return { order, earlier: false };
  } catch (error) {
    const why = asProblem(error);
    if (why.code === "idempotency_key_reused" && draft.attempt) {
      return { order: await post(draft.attempt, draft.key), earlier: true };
    }
    throw why;
  }
}
