import { beforeAll, describe, expect, it } from "vitest";
import { loadWords } from "../../src/i18n";
import { sayTerm } from "../../src/people/terms";

const now = Date.parse("2026-11-24T04:00:00Z");
const term = (from: string, until: string | null, waits_for_second = false) =>
  sayTerm({ from, until, waits_for_second, ended_by: null }, now);

beforeAll(() => loadWords(["enums"]));

describe("how long a grant holds", () => {
  it("names the last day, not the midnight after it", () => {
    expect(term("2025-03-01T16:00:00Z", "2027-03-31T16:00:00Z")).toBe(
      "从2025年3月2日 周日起，到2027年3月31日 周三为止",
    );
  });

  it("says when it begins, and when it ended", () => {
    expect(term("2027-01-01T16:00:00Z", null)).toBe("从2027年1月2日 周六开始");
    expect(term("2025-01-01T16:00:00Z", "2025-06-30T16:00:00Z")).toBe("2025年6月30日 周一结束了");
  });

  it("says that it waits before anything else", () => {
    expect(term("2027-01-01T16:00:00Z", null, true)).toBe("等另一位管理员同意");
  });
});
