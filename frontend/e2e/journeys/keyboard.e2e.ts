// The work of a dispatcher without a mouse.

import type { CDPSession, Page } from "playwright-core";
import { expect, test } from "vitest";
import { world } from "../support/world";

const here = world();

/** What has the focus, by the name that the browser gives to who reads it out. */
async function focused(devtools: CDPSession): Promise<string> {
  const { result } = await devtools.send("Runtime.evaluate", { expression: "document.activeElement" });
  const { nodes } = await devtools.send("Accessibility.getPartialAXTree", {
    objectId: result.objectId,
    fetchRelatives: false,
  });
  return String(nodes[0]?.name?.value ?? "").trim();
}

/** Presses Tab until what has the focus is called so. */
async function tabTo(page: Page, name: string | RegExp, most = 60): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const passed: string[] = [];
  const called = (found: string) => (typeof name === "string" ? found === name : name.test(found));
  for (let n = 0; n < most; n += 1) {
    await page.keyboard.press("Tab");
    const found = await focused(devtools);
    if (called(found)) return devtools.detach();
    passed.push(found.slice(0, 40));
  }
  throw new Error(`${name} was not reached; passed:\n${passed.join("\n")}`);
}

test("keyboard only from sign-in to dispatch", async () => {
  const dispatcher = here.now().account("dispatcher", "友谊镇");
  const page = await here.now().visitor("desk");
  const keys = page.keyboard;

  await page.goto("/sign-in");
  await page.getByRole("heading", { level: 1, name: "登录" }).waitFor();
  await tabTo(page, "手机号或用户名");
  await keys.type(dispatcher.login);
  await tabTo(page, "密码");
  await keys.type(dispatcher.password);
  await keys.press("Enter");
  await page.waitForURL((url) => url.pathname !== "/sign-in");

  // The way to the work, and what waits for being dispatched.
  await page.getByRole("navigation", { name: "按状态看" }).waitFor();
  await tabTo(page, /^待派单/);
  await keys.press("Enter");
  await page.waitForURL(/state=submitted/);
  const rows = page.getByRole("list", { name: "工单" });
  await rows.getByRole("link").first().waitFor();
  const others = rows.getByRole("listitem").filter({ hasNotText: "待派单" });
  await expect.poll(() => others.count(), { timeout: 20_000 }).toBe(0);
  await keys.press("j");
  await keys.press("Enter");

  const order = page.getByRole("dialog");
  await order.getByRole("button", { name: "派单", exact: true }).waitFor();
  await tabTo(page, "派单");
  await keys.press("Enter");
  await order.getByRole("heading", { name: "派单" }).waitFor();
  await order.getByLabel("牵头部门").waitFor();

  // The departments are there when the first of them can be chosen.
  await order.locator("option").nth(1).waitFor({ state: "attached" });
  await tabTo(page, "牵头部门");
  await keys.press("ArrowDown");
  await expect
    .poll(() => order.getByLabel("牵头部门").evaluate((box: HTMLSelectElement) => box.selectedIndex), {
      timeout: 20_000,
    })
    .toBe(1);
  await tabTo(page, "摘要");
  await keys.press("Control+A");
  const summary = "村里想请人讲一次防骗，四十来人，晚上方便";
  await keys.type(summary);
  await tabTo(page, "方案之外，没有对应的任务");
  await keys.press("Space");
  expect(await order.getByLabel("方案之外，没有对应的任务").isChecked()).toBe(true);
  await tabTo(page, "派出去");
  await keys.press("Enter");

  await page.getByText("派出去了").first().waitFor();
  await order.getByText("待领单", { exact: true }).first().waitFor();
  await order.getByText(summary).first().waitFor();
  expect(await order.getByRole("button", { name: "派单", exact: true }).count()).toBe(0);

  // Back to the list, with the keys that lead through it.
  await keys.press("Escape");
  await order.waitFor({ state: "detached" });
  await keys.press("j");
  await expect
    .poll(() => page.locator(":focus").getAttribute("href"), { timeout: 20_000 })
    .toMatch(/^\/work\/\d+/);
});
