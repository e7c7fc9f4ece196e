import userEvent from "@testing-library/user-event";
import { render, screen } from "@testing-library/vue";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { nextTick, ref, h } from "vue";
import DivisionPicker from "../../src/divisions/DivisionPicker.vue";
import { findPlaces, loadDivisions, sayPath, type Division } from "../../src/divisions/tree";

const place = (code: string, level: Division["level"], path: string[], parent: string | null): Division => ({
  code,
  name: path.at(-1) ?? "",
  short_name: path.at(-1) ?? "",
  level,
  parent_code: parent,
  path,
  jurisdiction: code.startsWith("230522502") ? "farm" : "county",
  valid_from: "2020-01-01",
  valid_until: null,
});
const places = [
  place("230522000000", "county", ["友谊县"], null),
  place("230522100000", "town", ["友谊县", "友谊镇"], "230522000000"),
  place("230522100003", "community", ["友谊县", "友谊镇", "繁荣社区"], "230522100000"),
  place("230522100006", "community", ["友谊县", "友谊镇", "富强社区"], "230522100000"),
  place("230522201000", "township", ["友谊县", "东建乡"], "230522000000"),
  place("230522201205", "village", ["友谊县", "东建乡", "富强村"], "230522201000"),
  place("230522502000", "township_like", ["友谊县", "友谊农场"], "230522000000"),
  place("230522502503", "village_like", ["友谊县", "友谊农场", "第三管理区"], "230522502000"),
];

vi.mock("../../src/api/client", () => ({
  api: { GET: () => Promise.resolve({ data: { items: places }, response: { ok: true } }) },
  taken: async (call: Promise<{ data: unknown }>) => (await call).data,
}));

const chosen = ref<string | null>(null);
function show(any = false) {
  return render({
    render: () =>
      h(DivisionPicker, {
        label: "您住在哪里",
        any,
        modelValue: chosen.value,
        "onUpdate:modelValue": (code: string | null | undefined) => (chosen.value = code ?? null),
      }),
  });
}

beforeEach(async () => {
  chosen.value = null;
  await loadDivisions();
});

describe("choosing a place", () => {
  it("goes from the township to the village, and says the whole path", async () => {
    show();
    await userEvent.click(screen.getByRole("button", { name: "友谊镇" }));
    await userEvent.click(screen.getByRole("button", { name: "繁荣社区" }));
    expect(chosen.value).toBe("230522100003");
    await nextTick();
    expect(screen.getByText("友谊镇 › 繁荣社区")).toBeTruthy();
  });

  it("finds by name, and tells two places of one name apart by their townships", async () => {
    show();
    await userEvent.type(screen.getByRole("textbox"), "富强");
    const found = screen.getAllByRole("listitem").map((one) => one.textContent?.trim());
    expect(found).toEqual(["友谊镇 › 富强社区", "东建乡 › 富强村"]);
  });

  it("takes a township itself only where that is asked for", async () => {
    const { unmount } = show();
    await userEvent.click(screen.getByRole("button", { name: "东建乡" }));
    expect(screen.queryByRole("button", { name: "东建乡（不分村）" })).toBeNull();
    unmount();
    show(true);
    await userEvent.click(screen.getByRole("button", { name: "东建乡" }));
    await userEvent.click(screen.getByRole("button", { name: "东建乡（不分村）" }));
    expect(chosen.value).toBe("230522201000");
  });

  it("puts names that begin with the words first", () => {
    expect(findPlaces(places, "友谊").map((one) => one.short_name)[0]).toBe("友谊县");
    expect(findPlaces(places, "东建乡富强").map((one) => one.code)).toEqual(["230522201205"]);
    expect(findPlaces(places, "  ")).toEqual([]);
  });

  it("says a path without the county, with which an order's does not begin", () => {
    expect(sayPath(["友谊县", "兴隆镇", "利华村"])).toBe("兴隆镇 › 利华村");
    expect(sayPath(["兴隆镇", "利华村"])).toBe("兴隆镇 › 利华村");
    expect(sayPath(["友谊县"])).toBe("友谊县");
  });
});
