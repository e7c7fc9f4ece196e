import { beforeEach, describe, expect, it } from "vitest";
import { asTable, columns, sayPlace } from "../../src/campaigns/table";
import type { Activity } from "../../src/campaigns/reading";
import { loadWords } from "../../src/i18n";

const activity = (part: Partial<Activity> = {}): Activity => ({
  event_id: 7,
  title: "家庭用电安全",
  kind: "lecture",
  state: "held",
  starts_at: "2026-09-12T01:00:00Z",
  ends_at: "2026-09-12T03:00:00Z",
  sessions: 1,
  online: false,
  venue: "镇文化活动室",
  division: "繁荣社区",
  address: null,
  organiser: { id: 2, name: "友谊镇新时代文明实践所" },
  audience: "general",
  expected: 30,
  attendance: 41,
  parent_id: null,
  ...part,
});

beforeEach(() => loadWords(["campaigns", "events", "enums"]));

describe("a campaign's table", () => {
  it("has the columns of the national registration, before and after", () => {
    expect(columns().map((one) => one.of(activity()))).toEqual([
      "家庭用电安全",
      "讲座",
      "9月12日 周六 09:00–11:00",
      "镇文化活动室",
      "友谊镇新时代文明实践所",
      expect.stringMatching(/./),
      "30",
      "41",
      "办过了",
    ]);
    expect(columns()[7]!.of(activity({ attendance: null }))).toBe("");
    expect(columns()[2]!.of(activity({ sessions: 3 }))).toContain("3 场次");
  });

  it("says where it is: in the open, or online", () => {
    expect(sayPlace(activity({ venue: null, address: "文化广场" }))).toBe("繁荣社区 文化广场");
    expect(sayPlace(activity({ venue: null, online: true }))).toBe("线上");
  });

  it("opens in a spreadsheet in Chinese, and nothing in it is taken for a formula", () => {
    const table = asTable([activity({ title: '=1+1,"x"' })]);
    expect(table.startsWith("\uFEFF")).toBe(true);
    const rows = table.slice(1).trimEnd().split("\r\n");
    expect(rows).toHaveLength(2);
    expect(rows[0]!.split(",")).toHaveLength(9);
    expect(rows[1]!.startsWith(`"'=1+1,""x""",`)).toBe(true);
  });
});
