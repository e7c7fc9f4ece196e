// A sign-in that ends while somebody is at work, and one that several tabs share.

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { signIn, world } from "../support/world";

// The answers by which a page learns that its sign-in ran out.
const here = world(401);

/** The list of what waits for being dispatched. */
async function toDispatch(page: Page): Promise<void> {
  await page.goto("/work?state=submitted");
  await page.getByRole("list", { name: "工单" }).getByRole("link").first().waitFor();
}

test("the session ends while a form is half filled and nothing typed is lost", async () => {
  const dispatcher = here.now().account("dispatcher", "友谊镇");
  const page = await here.now().signedIn(dispatcher, "desk");
  await toDispatch(page);
  await page.getByRole("list", { name: "工单" }).getByRole("link").first().click();
  const order = page.getByRole("dialog");
  await order.getByRole("button", { name: "更多" }).click();
  await order.getByRole("button", { name: "不予受理" }).click();
  const reason = "点单人来电说，已经请到人了，这一单不用再办";
  await page.getByLabel("理由").fill(reason);

  here.now().server.advance(45);
  await page.getByRole("button", { name: "确定不予受理" }).click();

  const again = page.getByRole("dialog", { name: "请重新登录" });
  await again.getByText("写好的内容都在").waitFor();
  // Still there under the dialog.
  expect(await page.locator("#move-text").inputValue()).toBe(reason);
  await again.getByLabel("手机号或用户名").fill(dispatcher.login);
  await again.locator("input[type=password]").fill(dispatcher.password);
  await again.getByRole("button", { name: "登录", exact: true }).click();

  await again.waitFor({ state: "detached" });
  await page.getByText("已记为不予受理").first().waitFor();
  await order.getByRole("heading", { name: "办理过程" }).waitFor();
  await order.getByText(reason).first().waitFor();
});

test("two tabs refresh one session", async () => {
  const context = await here.now().device("desk");
  const first = await context.newPage();
  await signIn(first, here.now().account("dispatcher", "友谊镇"));
  const second = await context.newPage();
  const tabs = [first, second];
  const refreshes: number[] = [];
  context.on("response", (response) => {
    if (response.url().endsWith("/api/v1/auth/refresh")) refreshes.push(response.status());
  });
  for (const tab of tabs) await toDispatch(tab);

  const orders = (tab: Page) => tab.getByRole("list", { name: "工单" }).getByRole("link").first();
  /** The list, answered to somebody who is signed in. */
  const read = (tab: Page) =>
    tab.waitForResponse(
      (response) => new URL(response.url()).pathname === "/api/v1/orders" && response.status() === 200,
    );
  const stay = async (tab: Page) => {
    await orders(tab).waitFor();
    expect(new URL(tab.url()).pathname).toBe("/work");
    expect(await tab.getByRole("dialog", { name: "请重新登录" }).count()).toBe(0);
  };
  const chips = (tab: Page) => tab.getByRole("navigation", { name: "按状态看" });

  // The token ends in both tabs, and both ask at once.
  refreshes.length = 0;
  here.now().server.advance(11);
  await Promise.all(
    tabs.map((tab) => Promise.all([read(tab), chips(tab).getByRole("link", { name: /^全部/ }).click()])),
  );
  await Promise.all(tabs.map(stay));
  expect(refreshes.length).toBeGreaterThan(0);

  // Both begin anew at once; and once more, which shows that the session is the same and went on.
  for (let n = 0; n < 2; n += 1) {
    here.now().server.advance(11);
    await Promise.all(tabs.map((tab) => Promise.all([read(tab), tab.reload()])));
    await Promise.all(tabs.map(stay));
  }
  expect(refreshes.filter((status) => status !== 200)).toEqual([]);
});
