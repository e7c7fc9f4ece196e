import userEvent from "@testing-library/user-event";
import { fireEvent, render, screen } from "@testing-library/vue";
import { beforeAll, describe, expect, it, vi } from "vitest";
import WeekTable from "@/events/WeekTable.vue";
import type { Session } from "@/events/wire";
import { loadWords } from "@/i18n";

vi.mock("@/events/calendar", () => ({ ownOrganisers: () => [{ value: 2, label: "友谊镇" }] }));

const session = (id: number, title: string, more: Partial<Session> = {}): Session => ({
  id,
  event_id: id * 10,
  starts_at: "2099-12-01T01:00:00Z",
  ends_at: "2099-12-01T02:00:00Z",
  state: "planned",
  title,
  kind: "lecture",
  event_state: "published",
  online: false,
  open: true,
  organiser: { id: 2, name: "友谊镇" },
  division_code: "230522100003",
  division: "繁荣社区",
  address: null,
  expected: 20,
  venue_id: 4,
  venue: "活动室",
  space: null,
  venue_status: "confirmed",
  in_charge: null,
  order_id: null,
  ...more,
});

function show(sessions: Session[]) {
  return render(WeekTable, { props: { monday: "2099-11-30", today: "2099-11-30", sessions, open: null } });
}
beforeAll(() => loadWords(["planning", "events"]));

describe("moving in the week", () => {
  const hall = session(2, "剪纸", {
    venue_id: 5,
    venue: "大厅",
    starts_at: "2099-12-02T01:00:00Z",
    ends_at: "2099-12-02T02:00:00Z",
  });

  it("is done by keys: taken up, carried to another day and venue, put down", async () => {
    const { emitted } = show([session(1, "观鸟"), hall]);
    const user = userEvent.setup();
    screen.getByRole("button", { name: /观鸟/ }).focus();
    // By their names 大厅 stands over 活动室.
    await user.keyboard("m{ArrowRight}{ArrowUp}");
    expect(screen.getByText(/^放到 .*12月2日.*大厅$/)).toBeTruthy();
    await user.keyboard("{Enter}");
    expect(emitted().move).toEqual([
      [{ session: expect.objectContaining({ id: 1 }), to: { day: "2099-12-02", venue: 5 }, venue: "大厅" }],
    ]);
    expect(emitted().open).toBeUndefined();
  });

  it("is let go by Escape, and put back it moves nothing", async () => {
    const { emitted } = show([session(1, "观鸟"), hall]);
    const user = userEvent.setup();
    screen.getByRole("button", { name: /观鸟/ }).focus();
    await user.keyboard("m{ArrowRight}{Escape}m{Enter}");
    expect(emitted().move).toBeUndefined();
    // Where nothing is held, Enter opens as it always did.
    await user.keyboard("{Enter}");
    expect(emitted().open).toEqual([[10]]);
  });

  it("is done by hand", async () => {
    const { emitted, container } = show([session(1, "观鸟"), hall]);
    const cells = [...container.querySelectorAll("td")];
    await fireEvent.dragStart(screen.getByRole("button", { name: /观鸟/ }));
    // The second row is 活动室, its last day Sunday.
    await fireEvent.dragOver(cells[13]!);
    await fireEvent.drop(cells[13]!);
    expect(emitted().move).toEqual([
      [{ session: expect.objectContaining({ id: 1 }), to: { day: "2099-12-06", venue: 4 }, venue: "活动室" }],
    ]);
  });

  it("is not ours to do with others' events, and an order's leads to the order", async () => {
    const others = session(1, "观鸟", { organiser: { id: 3, name: "兴隆镇" } });
    const ordered = session(3, "急救", { order_id: 77 });
    const { emitted } = show([others, ordered]);
    const user = userEvent.setup();
    screen.getByRole("button", { name: /观鸟/ }).focus();
    await user.keyboard("m{ArrowRight}{Escape}");
    expect(emitted().ordered).toBeUndefined();
    screen.getByRole("button", { name: /急救/ }).focus();
    await user.keyboard("m");
    expect(emitted().ordered).toEqual([[ordered]]);
    expect(emitted().move).toBeUndefined();
  });
});
