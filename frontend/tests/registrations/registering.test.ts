import { render, screen } from "@testing-library/vue";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { loadWords } from "@/i18n";
import OwnRegistration from "@/registrations/OwnRegistration.vue";
import RegisterForm from "@/registrations/RegisterForm.vue";
import { isLive, keep, keptFor, keptLast, linkOf, ofLink, type Registration } from "@/registrations/wire";

const sent = vi.hoisted(() => ({ answer: vi.fn() }));
vi.mock("@/api/client", async (original) => ({
  ...(await original<typeof import("@/api/client")>()),
  api: { POST: (...asked: unknown[]) => ["POST", ...asked], GET: (...asked: unknown[]) => ["GET", ...asked] },
  taken: (asked: unknown) => sent.answer(asked),
}));

beforeAll(() => loadWords(["registrations", "problems"]));
beforeEach(() => {
  sessionStorage.clear();
  sent.answer.mockReset();
});

const own = (part: Partial<Registration>): Registration => ({
  id: 7,
  event: {
    id: 3,
    title: "家庭用电安全",
    starts_at: "2026-12-01T01:00:00Z",
    ends_at: "2026-12-01T03:00:00Z",
    cancelled: false,
  },
  state: "registered",
  heads: 2,
  registered_at: "2026-11-20T01:00:00Z",
  contact: { name: "王桂兰", phone: "13800001234", masked: false },
  account: false,
  moves: ["cancel"],
  ...part,
});
const TOKEN = "a-token_of-more-than-twenty-signs";

describe("the link of a visitor", () => {
  test("holds number and token in its fragment, and is read back", () => {
    const link = linkOf({ id: 7, token: TOKEN });
    expect(new URL(link).pathname).toBe("/registration");
    expect(ofLink(new URL(link).hash)).toEqual({ id: 7, token: TOKEN });
  });

  test.each(["", "#", "#7", "#7.", "#x.y", `#7.${TOKEN}<`, `#.${TOKEN}`])("%s is none", (hash) =>
    expect(ofLink(hash)).toBeNull(),
  );

  test("is kept in this tab, one an event, the newest first", () => {
    keep({ event: 3, id: 7, token: TOKEN });
    keep({ event: 4, id: 8, token: TOKEN });
    keep({ event: 3, id: 9, token: TOKEN });
    expect(keptFor(3)?.id).toBe(9);
    expect(keptFor(5)).toBeNull();
    expect(keptLast()?.id).toBe(9);
  });
});

test("what was cancelled or lapsed does not go on", () => {
  const live = (["registered", "waiting", "offered", "cancelled", "lapsed"] as const).filter((state) =>
    isLive({ state }),
  );
  expect(live).toEqual(["registered", "waiting", "offered"]);
});

describe("one's own registration", () => {
  const show = (registration: Registration, token: string | null) =>
    render(OwnRegistration, { props: { registration, door: { token }, level: "h2" } });

  test("is cancelled with one tap, by the token in a header", async () => {
    sent.answer.mockResolvedValue(own({ state: "cancelled", moves: [] }));
    const { emitted } = show(own({}), TOKEN);
    await userEvent.click(screen.getByRole("button", { name: "不来了，取消报名" }));
    const [[, path, asked]] = sent.answer.mock.calls[0] as [[string, string, { headers: unknown }]];
    expect(path).toBe("/api/v1/registrations/{id}/cancel");
    expect(asked.headers).toEqual({ "Track-Token": TOKEN });
    expect((emitted().moved![0] as [Registration])[0].state).toBe("cancelled");
  });

  test("says the place in the line, and until when to confirm", () => {
    show(own({ state: "waiting", place_in_line: 4 }), null);
    expect(screen.getByText(/您排在第 4 位/)).toBeTruthy();
    show(own({ state: "offered", confirm_by: "2026-11-25T01:30:00Z", moves: ["confirm", "cancel"] }), null);
    expect(screen.getByText(/请在 .*11月25日.*09:30 以前确认/)).toBeTruthy();
    expect(screen.getByRole("button", { name: "确认参加" })).toBeTruthy();
  });
});

describe("the form", () => {
  const consents = () =>
    sent.answer.mockImplementation(async ([method, , asked]: [string, string, never]) => {
      if (method === "POST") return { ...own({}), track_token: TOKEN };
      const kind = (asked as { params: { query: { kind: string } } }).params.query.kind;
      const text = { title: `关于${kind}`, sections: [] };
      return { version: `${kind}-1`, valid_from: "2026-01-01", zh: text, en: text };
    });
  const posted = () => sent.answer.mock.calls.map(([asked]) => asked).find(([method]) => method === "POST");

  test("asks a visitor who they are and how many come, and sends nothing that is missing", async () => {
    consents();
    render(RegisterForm, { props: { event: 3 } });
    await screen.findByLabelText("我看过并同意《关于registration》");
    await userEvent.click(screen.getByRole("button", { name: "报名" }));
    expect(screen.getAllByText("请写您的姓名").length).toBeGreaterThan(0);
    expect(screen.getAllByText("请写您的电话，例如 13800001234").length).toBeGreaterThan(0);
    expect(screen.getAllByText("请先看一看，同意了再报名").length).toBeGreaterThan(0);
    expect(posted()).toBeUndefined();
  });

  test("sends children as a number with the guardian's own consent, and never a name of theirs", async () => {
    consents();
    const { emitted } = render(RegisterForm, { props: { event: 3 } });
    await userEvent.type(screen.getByLabelText("怎么称呼您"), "王桂兰");
    await userEvent.type(screen.getByLabelText("您的电话"), "13800001234");
    await userEvent.clear(screen.getByLabelText("一共来几个人"));
    await userEvent.type(screen.getByLabelText("一共来几个人"), "3");
    await userEvent.click(await screen.findByLabelText("我看过并同意《关于registration》"));
    await userEvent.click(screen.getByLabelText("里面有不满 14 岁的孩子"));
    await userEvent.type(screen.getByLabelText("几个孩子"), "4");
    await userEvent.click(screen.getByRole("button", { name: "报名" }));
    expect(screen.getAllByText("请写几个孩子，不能比来的人多").length).toBeGreaterThan(0);
    expect(posted()).toBeUndefined();
    await userEvent.clear(screen.getByLabelText("几个孩子"));
    await userEvent.type(screen.getByLabelText("几个孩子"), "2");
    await userEvent.click(await screen.findByLabelText("我看过并同意《关于guardian》"));
    await userEvent.click(screen.getByRole("button", { name: "报名" }));
    const [, , asked] = posted() as [string, string, { body: unknown }];
    expect(asked.body).toEqual({
      heads: 3,
      contact_name: "王桂兰",
      contact_phone: "13800001234",
      under_14: 2,
      guardian: { name: undefined, consent: { version: "guardian-1", given: "here" } },
      consent: { version: "registration-1", given: "here" },
    });
    expect(emitted().made).toHaveLength(1);
  });
});
