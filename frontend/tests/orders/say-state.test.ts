import { beforeAll, expect, test } from "vitest";
import { loadWords } from "@/i18n";
import { sayDue, sayNext, sayNow } from "@/orders/following/say-state";

beforeAll(() => loadWords(["orders"]));
const NOW = Date.parse("2026-11-24T04:00:00Z");
const order = { state: "submitted", holding_centre: { name: "繁荣社区站" } };

test("a limit at midnight is promised for the day before it", () => {
  expect(sayDue("2026-11-25T16:00:00Z", NOW)).toBe("11月25日 周三");
  expect(sayDue("2026-11-26T03:00:00Z", NOW)).toBe("11月26日 周四上午");
  expect(sayDue("2026-11-24T07:30:00Z", NOW)).toBe("11月24日 周二 15:30");
});

test("who does what by when is said in one sentence", () => {
  expect(sayNow(order)).toBe("收到了，站里正在核对");
  expect(sayNext({ ...order, due_at: "2026-11-25T16:00:00Z" }, NOW)).toBe(
    "繁荣社区站最晚11月25日 周三核对好，派给部门。",
  );
});

test("what is late is not promised again", () => {
  expect(sayNext({ ...order, due_at: "2026-11-23T16:00:00Z" }, NOW)).toContain("比说好的晚了");
});

test("a question to the requester comes before all else", () => {
  expect(sayNext({ ...order, moves: ["amend", "reply"] }, NOW)).toContain("请先回答");
});

test("a scheduled order says when and who, and afterwards that the report is awaited", () => {
  const scheduled = {
    ...order,
    state: "scheduled",
    team: { name: "县医院志愿队" },
    starts_at: "2026-11-26T01:00:00Z",
    ends_at: "2026-11-26T03:00:00Z",
  };
  expect(sayNext(scheduled, NOW)).toBe("11月26日 周四 09:00–11:00，县医院志愿队上门。");
  expect(sayNext(scheduled, Date.parse("2026-11-27T00:00:00Z"))).toContain("等队伍报");
});

test.each(["rejected", "withdrawn", "merged", "unmet", "closed", "fulfilled"])(
  "the end %s has a sentence of its own",
  (state) => {
    expect(sayNow({ state })).not.toBe(state);
    expect(sayNext({ ...order, state }, NOW)).not.toBe("");
  },
);
