import { beforeAll, expect, test } from "vitest";
import { loadWords } from "@/i18n";
import { actorOf, noteOf, sayDeed } from "@/orders/work/history-words";
import { liesIn } from "@/orders/work/directory";
import { sayDeadline, sayDue, sayLate } from "@/orders/work/order-words";
import { answerTimes } from "@/orders/work/moves/answer-by";
import { checkDrafts, draftOf, laterBy, newDraft, sessionOf, times } from "@/orders/work/moves/sessions";
import { beginSummary, withoutPersons } from "@/orders/work/moves/summary";
import type { HistoryLine } from "@/orders/work/wire";

beforeAll(() => loadWords(["work", "moves", "enums"]));
const now = Date.parse("2026-11-24T02:00:00Z");

test("a deadline at midnight is said as the day before, as people count", () => {
  expect(sayDue("2026-11-26T16:00:00Z")).toBe("最晚 11月26日 周四");
  expect(sayDue("2026-11-26T06:30:00Z")).toContain("14:30");
});

test("lateness is told in words, in whole days or hours", () => {
  expect(sayLate("2026-11-24T01:30:00Z", now)).toBe("超时 30 分钟");
  expect(sayLate("2026-11-23T02:00:00Z", now)).toBe("超时 24 小时");
  expect(sayLate("2026-11-20T02:00:00Z", now)).toBe("超时 4 天");
});

test("while the requester is asked, nothing is late", () => {
  expect(sayDeadline({ due_at: "2026-11-20T02:00:00Z", late: false, paused: true }, now)).toEqual({
    text: "等点单人回话，暂停计时",
    late: false,
  });
});

test("an order that was late and is offered anew says until when, and stays marked", () => {
  const offered = sayDeadline({ due_at: "2026-11-27T16:00:00Z", late: true, paused: false }, now);
  expect(offered).toEqual({ text: sayDue("2026-11-27T16:00:00Z"), late: true });
});

test("a summary is begun without the people and numbers of the title", () => {
  expect(withoutPersons("请王大爷讲讲，电话 13812345678")).toBe("请讲讲，电话");
  expect(withoutPersons("老人手机课")).toBe("老人手机课");
  const order = {
    title: "急救讲座",
    summary: null,
    attendees: 40,
    windows: [],
    division_path: ["兴隆镇", "爱林村"],
  };
  expect(beginSummary(order)).toBe("爱林村：急救讲座，约40人");
  expect(beginSummary({ ...order, title: "爱林村急救讲座" })).toBe("爱林村急救讲座，约40人");
  expect(beginSummary({ ...order, summary: "已有摘要" })).toBe("已有摘要");
});

test("a village lies in its town and its county, and in no other", () => {
  expect(liesIn("230522101201", "230522101000")).toBe(true);
  expect(liesIn("230522101201", "230522000000")).toBe(true);
  expect(liesIn("230522101201", "230522100000")).toBe(false);
  expect(liesIn("230522101201", "230522101202")).toBe(false);
});

test("a team is asked to answer at times people name, each at least an hour ahead", () => {
  // 10:00 in the county.
  expect(answerTimes(now)).toEqual([
    "2026-11-24T04:00:00.000Z",
    "2026-11-24T09:00:00.000Z",
    "2026-11-25T04:00:00.000Z",
    "2026-11-25T09:00:00.000Z",
  ]);
});

test("a window becomes a session with one tap, on the county's clock", () => {
  const draft = draftOf("2026-12-02T01:00:00Z", "2026-12-02T03:00:00Z", 3);
  expect(draft).toMatchObject({ day: "2026-12-02", from: "09:00", until: "11:00", venue: 3 });
  expect(sessionOf(draft)).toEqual({
    venue_id: 3,
    starts_at: "2026-12-02T01:00:00.000Z",
    ends_at: "2026-12-02T03:00:00.000Z",
  });
  expect(times("09:15")).toContain("09:15");
  expect(laterBy("09:00", 90)).toBe("10:30");
  expect(laterBy("23:00", 90)).toBe("23:30");
});

test("a session without a day, with its end first, or in the past is told at its own field", () => {
  const faults = checkDrafts(
    [
      newDraft(),
      newDraft({ day: "2026-12-02", from: "11:00", until: "09:00" }),
      newDraft({ day: "2026-11-24" }),
    ],
    now + 86_400_000,
  );
  expect(Object.keys(faults)).toEqual([
    "/sessions/0/starts_at",
    "/sessions/1/ends_at",
    "/sessions/2/starts_at",
  ]);
});

test("the history says who did what, with whom, and why something was put off", () => {
  const line = (part: Partial<HistoryLine>) =>
    ({
      who: null,
      role: null,
      organisation: null,
      about: null,
      note: null,
      changes: [],
      ...part,
    }) as HistoryLine;
  expect(actorOf(line({ verb: "submit" }))).toBe("点单人");
  expect(actorOf(line({ verb: "move_up" }))).toBe("系统");
  expect(actorOf(line({ verb: "accept", who: "姜红梅", organisation: "县民政局" }))).toBe("县民政局 姜红梅");
  expect(sayDeed(line({ verb: "dispatch", about: "县民政局" }))).toBe("派给了县民政局");
  expect(sayDeed(line({ verb: "dispatch" }))).toBe("派了单");
  expect(noteOf(line({ verb: "postpone", note: "weather: 大雪封路" }))).toBe("天气，大雪封路");
});
