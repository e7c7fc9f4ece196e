import { beforeEach, expect, test, vi } from "vitest";
import { emptyDraft, bodyOf } from "@/orders/ordering/draft";
import { sendOrder } from "@/orders/ordering/send";

const asked: { key: string | null; body: { title: string } }[] = [];

/** A server that knows one key with one body. */
function serverThatHas(key: string, title: string): void {
  vi.stubGlobal("fetch", async (request: Request) => {
    const body = (await request.json()) as { title: string };
    asked.push({ key: request.headers.get("Idempotency-Key"), body });
    const fits = request.headers.get("Idempotency-Key") !== key || body.title === title;
    const answer = fits ? { id: 7, number: "KP3F7Q2M8A", title: body.title } : problem;
    return new Response(JSON.stringify(answer), {
      status: fits ? 201 : 422,
      headers: { "Content-Type": fits ? "application/json" : "application/problem+json" },
    });
  });
}
const problem = { code: "idempotency_key_reused", status: 422, title: "", detail: "" };

beforeEach(() => {
  asked.length = 0;
  vi.unstubAllGlobals();
});

test("an order that had arrived unheard before its words were changed is found again, not made twice", async () => {
  const first = { ...emptyDraft(), title: "想学用灭火器", consent: "2026-01", division: "230522100003" };
  serverThatHas(first.key, "想学用灭火器");
  const changed = { ...first, title: "想学用灭火器和逃生", attempt: bodyOf(first) };
  const answer = await sendOrder(changed);
  expect(answer.earlier).toBe(true);
  expect(answer.order.number).toBe("KP3F7Q2M8A");
  expect(asked.map((one) => one.body.title)).toEqual(["想学用灭火器和逃生", "想学用灭火器"]);
  expect(new Set(asked.map((one) => one.key)).size).toBe(1);
});

test("a refusal that has nothing to do with an earlier try is told", async () => {
  const draft = { ...emptyDraft(), title: "别的", division: "230522100003" };
  serverThatHas(draft.key, "想学用灭火器");
  await expect(sendOrder(draft)).rejects.toMatchObject({ code: "idempotency_key_reused" });
});
