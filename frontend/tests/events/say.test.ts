import { beforeAll, describe, expect, it } from "vitest";
import { sayButton, sayExactly, sayPart, standing } from "../../src/events/say";
import type { Session } from "../../src/events/wire";
import { loadWords } from "../../src/i18n";

beforeAll(() => loadWords(["events"]));

const session = (part: Partial<Session> = {}): Session => ({
  id: 1,
  event_id: 1,
  starts_at: "2026-11-26T01:00:00Z",
  ends_at: "2026-11-26T03:00:00Z",
  state: "planned",
  title: "家庭用电安全",
  kind: "lecture",
  event_state: "published",
  online: false,
  open: true,
  organiser: { id: 2, name: "友谊镇实践所" },
  expected: 60,
  in_charge: { id: 3, name: "马超", agreed: true },
  ...part,
});

describe("a session's button", () => {
  it("says when, what and by whom; of what is settled nothing more", () => {
    expect(sayButton(session(), "2026-11-26")).toBe("09:00–11:00，家庭用电安全，友谊镇实践所");
  });

  it("says of a draft that it is one, and of one that waits for a yes that it is to be confirmed", () => {
    const draft = session({ event_state: "draft" });
    expect(sayButton(draft, "2026-11-26")).toMatch(/，草稿$/);
    const asked = session({ event_state: "draft", in_charge: { id: 3, name: "马超", agreed: false } });
    expect(standing(asked)).toEqual({ word: "草稿，待确认", open: true });
  });

  it("says what became of one that is over, and does without an organiser where there is none", () => {
    expect(sayButton(session({ state: "not_held", organiser: undefined }), "2026-11-26")).toBe(
      "09:00–11:00，家庭用电安全，没办成",
    );
  });

  it("says of each day only that day's part of what goes over midnight", () => {
    const night = { starts_at: "2026-11-26T12:00:00Z", ends_at: "2026-11-28T02:00:00Z" };
    expect(["2026-11-26", "2026-11-27", "2026-11-28"].map((day) => sayPart(night, day))).toEqual([
      "20:00 开始",
      "全天",
      "到 10:00",
    ]);
    // The year stands before it once it is another one.
    expect(sayExactly(night)).toMatch(/11月26日 周四 20:00 – .*11月28日 周六 10:00$/);
  });
});
