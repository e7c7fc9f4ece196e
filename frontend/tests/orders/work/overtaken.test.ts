import { render, screen } from "@testing-library/vue";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { shallowRef } from "vue";
import { Problem } from "@/api/problem";
import { loadWords } from "@/i18n";
import { IN_HAND, type InHand } from "@/orders/work/in-hand";
import TextMove from "@/orders/work/moves/TextMove.vue";
import type { HistoryLine, Order } from "@/orders/work/wire";

const sent = vi.hoisted(() => ({ answer: vi.fn() }));
vi.mock("@/api/client", async (original) => ({
  ...(await original<typeof import("@/api/client")>()),
  api: { POST: (...call: unknown[]) => call },
  versioned: (call: unknown) => sent.answer(call),
}));

beforeAll(() => loadWords(["work", "moves", "enums", "problems"]));
beforeEach(() => sent.answer.mockReset());

const order = (part: Partial<Order>) =>
  ({
    id: 7,
    state: "submitted",
    moves: ["reject"],
    questions: [],
    disputes: [],
    ...part,
  }) as unknown as Order;

function inHand(now: Order, lines: Partial<HistoryLine>[]): InHand {
  const hand: InHand = {
    order: shallowRef(order({})),
    etag: shallowRef('"1"'),
    history: shallowRef([]),
    overtaken: shallowRef(null),
    moved: vi.fn(),
    leave: vi.fn(),
    lookAgain: async (problem) => {
      hand.order.value = now;
      hand.etag.value = '"2"';
      hand.history.value = lines as HistoryLine[];
      hand.overtaken.value = problem;
    },
  };
  return hand;
}

const show = (hand: InHand) =>
  render(TextMove, { props: { verb: "reject" }, global: { provide: { [IN_HAND as symbol]: hand } } });

const stale = new Problem({ code: "stale", status: 412, title: "", detail: "", version: 2 });

test("who was faster is told, what was typed stays, and the next press names the new version", async () => {
  const hand = inHand(order({}), [
    { verb: "set_urgency", who: "陈静", organisation: "县中心", at: "2026-11-24T02:00:00Z", about: null },
  ]);
  show(hand);
  sent.answer.mockRejectedValueOnce(stale);
  await userEvent.type(screen.getByLabelText("理由"), "不是科普");
  await userEvent.click(screen.getByRole("button", { name: "确定不予受理" }));
  expect((await screen.findByRole("alert")).textContent).toContain("县中心 陈静 改了紧急程度");
  expect((screen.getByLabelText("理由") as HTMLTextAreaElement).value).toBe("不是科普");

  sent.answer.mockResolvedValueOnce({ body: order({ state: "rejected", moves: [] }), etag: '"3"' });
  await userEvent.click(screen.getByRole("button", { name: "确定不予受理" }));
  expect(sent.answer.mock.lastCall?.[0]).toMatchObject([
    "/api/v1/orders/{id}/reject",
    { params: { header: { "If-Match": '"2"' } }, body: { reason: "不是科普" } },
  ]);
  expect(hand.moved).toHaveBeenCalledOnce();
});

test("a step that is no longer open cannot be pressed, but what was typed can still be read", async () => {
  show(inHand(order({ state: "dispatched", moves: [] }), []));
  sent.answer.mockRejectedValueOnce(
    new Problem({
      code: "not_now",
      status: 409,
      title: "",
      detail: "",
      state: "dispatched",
      holder: { kind: "department", name: "县民政局" },
    }),
  );
  await userEvent.type(screen.getByLabelText("理由"), "不是科普");
  await userEvent.click(screen.getByRole("button", { name: "确定不予受理" }));
  expect((await screen.findByRole("alert")).textContent).toContain("县民政局");
  expect((screen.getByRole("button", { name: "确定不予受理" }) as HTMLButtonElement).disabled).toBe(true);
  expect((screen.getByLabelText("理由") as HTMLTextAreaElement).value).toBe("不是科普");
});

test("the same press twice after a lost answer carries the same key, so that it happens once", async () => {
  show(inHand(order({}), []));
  const keyOf = (n: number) =>
    (sent.answer.mock.calls[n]?.[0] as [string, { params: { header: Record<string, string> } }])[1].params
      .header["Idempotency-Key"];
  sent.answer.mockRejectedValueOnce(new Problem({ code: "offline", status: 0, title: "", detail: "" }));
  sent.answer.mockResolvedValueOnce({ body: order({ state: "rejected", moves: [] }), etag: '"2"' });
  await userEvent.type(screen.getByLabelText("理由"), "广告");
  await userEvent.click(screen.getByRole("button", { name: "确定不予受理" }));
  await userEvent.click(screen.getByRole("button", { name: "确定不予受理" }));
  expect(keyOf(0)).toBeTruthy();
  expect(keyOf(1)).toBe(keyOf(0));
});
