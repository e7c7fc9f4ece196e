import { beforeAll, describe, expect, it } from "vitest";
import { loadWords } from "../../src/i18n";
import { ordersBehind, sayValue, sayWait } from "../../src/reports/figures";

beforeAll(() => loadWords(["reports"]));

describe("a figure of a report", () => {
  it("leads to the orders that it counts, by the very parameters of the report", () => {
    expect(
      ordersBehind({ as_role: "supervisor", division: "230522100000", overdue: true, department_id: 92 }),
    ).toEqual({
      name: "work",
      query: { as_role: "supervisor", division: "230522100000", overdue: "true", department_id: "92" },
    });
  });

  it("says a wait in working days, within a day in hours, and nothing where nobody waits", () => {
    expect(sayWait({ hours: 49, working_days: 2 })).toBe("2个工作日");
    expect(sayWait({ hours: 5, working_days: 0 })).toBe("5小时");
    expect(sayWait({ hours: 0, working_days: 0 })).toBe("不到1小时");
    expect(sayWait(null)).toBe("–");
  });

  it("says a value with its unit", () => {
    expect(sayValue(1400, "人次")).toBe("1,400人次");
    expect(sayValue(12.5, "%")).toBe("12.5%");
  });
});
