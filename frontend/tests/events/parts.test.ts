import { describe, expect, it } from "vitest";
import { emptyRows, partOf, waiting } from "../../src/events/parts";
import type { PlannedEvent } from "../../src/events/wire";

const fair = {
  id: 7,
  title: "科普大集",
  kind: "open_day",
  online: false,
  open: true,
  audience: "general",
  expected: 500,
  address: null,
  division_code: "230522100003",
  organiser: { id: 2, name: "友谊镇新时代文明实践所" },
  plan_task: { plan: "youyi-2021", task: "A1.1", title: "" },
  campaign: { id: 5, name: "全国科普月" },
  sessions: [
    {
      id: 11,
      starts_at: "2026-09-12T01:00:00Z",
      ends_at: "2026-09-12T07:00:00Z",
      venue_id: 3,
      space_id: 4,
    },
  ],
} as unknown as PlannedEvent;

describe("stalls that are added to a fair", () => {
  it("are at its place and in its time, of the unit that is chosen, and counted with it", () => {
    const [row] = emptyRows(1, 1, 2, () => "a key");
    expect(partOf(fair, fair.sessions[0]!, { ...row!, title: " 义诊 ", organiser: 9 })).toEqual({
      organiser_id: 9,
      title: "义诊",
      kind: "open_day",
      online: false,
      open: true,
      audience: "general",
      expected: 0,
      division_code: "230522100003",
      address: undefined,
      plan_task: { plan: "youyi-2021", task: "A1.1" },
      campaign_id: 5,
      parent_id: 7,
      sessions: [
        {
          venue_id: 3,
          space_id: 4,
          starts_at: "2026-09-12T01:00:00Z",
          ends_at: "2026-09-12T07:00:00Z",
        },
      ],
    });
  });

  it("are sent once each: lines without a name and those that were added are left out", () => {
    let n = 0;
    const rows = emptyRows(1, 4, 2, () => `key ${(n += 1)}`);
    expect(new Set(rows.map((row) => row.id)).size).toBe(4);
    rows[0]!.title = "义诊";
    rows[1]!.title = "  ";
    Object.assign(rows[2]!, { title: "航模", sent: true });
    expect(waiting(rows).map((row) => row.title)).toEqual(["义诊"]);
  });
});
