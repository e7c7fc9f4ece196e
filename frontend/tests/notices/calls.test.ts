import { render, screen } from "@testing-library/vue";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { Problem } from "@/api/problem";
import { loadWords } from "@/i18n";
import CallCard from "@/notices/CallCard.vue";
import { byMatter, type Call } from "@/notices/calls";

const sent = vi.hoisted(() => ({ answer: vi.fn() }));
vi.mock("@/api/client", async (original) => ({
  ...(await original<typeof import("@/api/client")>()),
  api: { POST: (...asked: unknown[]) => asked },
  taken: (asked: unknown) => sent.answer(asked),
}));

beforeAll(() => loadWords(["work", "enums", "problems"]));
beforeEach(() => void sent.answer.mockReset());

const call = (id: number, part: Partial<Call>): Call => ({
  id,
  kind: "dispatch",
  sentence: { zh: `第 ${id} 句`, en: `Sentence ${id}` },
  created_at: `2026-11-${10 + id}T02:00:00Z`,
  contact_name: "孙**",
  contact_phone: "138****6102",
  ...part,
});

test("what waits about one order or one complaint stands together, the first thing first", () => {
  const lines = [
    call(5, { order_id: 1 }),
    call(4, { complaint_id: 1 }),
    call(2, { order_id: 1 }),
    call(3, { order_id: 2 }),
  ];
  expect(byMatter(lines).map((group) => group.map((one) => one.id))).toEqual([[2, 5], [4], [3]]);
});

const show = (...calls: [Call, ...Call[]]) =>
  render(CallCard, { props: { calls }, global: { stubs: { RouterLink: true } } });
type Asked = { params: { path: { id: number } } };
const ids = () => sent.answer.mock.calls.map(([[, asked]]) => (asked as Asked).params.path.id);

test("one call is ticked once, for all that was told in it", async () => {
  sent.answer.mockImplementation(async ([, asked]: [string, Asked]) => ({
    ...call(asked.params.path.id, {}),
    result: "reached",
  }));
  const { emitted } = show(call(1, { order_id: 7 }), call(2, { order_id: 7 }));
  await userEvent.click(screen.getByRole("button", { name: "2 件一起记结果" }));
  await userEvent.click(screen.getByRole("button", { name: "接通了" }));
  expect(ids()).toEqual([1, 2]);
  expect((emitted().done![0] as [Call[]])[0].map((one) => one.id)).toEqual([1, 2]);
});

test("what somebody else told meanwhile is said, and the rest is ticked all the same", async () => {
  sent.answer.mockImplementation(async (asking: unknown[]) => {
    const [, asked] = asking as [string, Asked];
    const { id } = asked.params.path;
    if (id === 1) throw new Problem({ code: "call_done", status: 409, title: "", detail: "" });
    return { ...call(id, {}), result: "reached" };
  });
  const { emitted } = show(call(1, { order_id: 7 }), call(2, { order_id: 7 }));
  await userEvent.click(screen.getByRole("button", { name: "2 件一起记结果" }));
  await userEvent.click(screen.getByRole("button", { name: "接通了" }));
  expect((await screen.findByRole("alert")).textContent).toContain("别人已经打过这个电话了");
  expect((emitted().done![0] as [Call[]])[0].map((one) => one.id)).toEqual([2]);
});
