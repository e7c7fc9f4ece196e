// The caravan: two towns wish for it in one month, one gets it, it goes and comes back, and the town tells how it was.

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { world } from "../support/world";

const here = world();

/** A day so many days from today in the county, as its year, month and day. */
function day(ahead: number): [number, number, number] {
  const at = new Date(Date.now() + 8 * 3_600_000 + ahead * 86_400_000);
  return [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
}

async function chosen(page: Page, field: string, ahead: number): Promise<void> {
  for (const [n, value] of day(ahead).entries())
    await page.locator(`#${field}-${n}`).selectOption(String(value));
}

/** Wishes for the caravan; the month of the wish is shown then. */
async function wished(page: Page, from: number, until: number, purpose: string): Promise<void> {
  await page.goto("/equipment?kind=caravan");
  await page.getByRole("link", { name: "科普大篷车" }).click();
  await page.getByRole("heading", { level: 1, name: "科普大篷车" }).waitFor();
  await page.getByRole("button", { name: "我要借" }).first().click();
  const form = page.getByRole("dialog");
  await chosen(page, "wish-from", from);
  await chosen(page, "wish-until", until);
  await form.getByLabel("做什么用").fill(purpose);
  await form.getByRole("button", { name: "提交申请" }).click();
  await form.waitFor({ state: "detached" });
  await page.getByText(purpose).waitFor();
}

const card = (page: Page, purpose: string) => page.locator("[data-loan]").filter({ hasText: purpose });

test("two towns wish for the caravan, one has it and tells how it was, the other reads why not", async () => {
  const youyi = await here.now().signedIn(here.now().account("scheduler", "友谊镇"), "phone", "large");
  await wished(youyi, 0, 2, "到三所学校巡展");
  const xinglong = await here.now().signedIn(here.now().account("scheduler", "兴隆镇"), "desk");
  await wished(xinglong, 1, 3, "赶集日到广场");

  // The keeper sees both in the month and answers each.
  const keeper = await here.now().signedIn(here.now().account("officer", "县科协"), "desk");
  await keeper.goto("/notices");
  await keeper.getByText("有单位想借“科普大篷车”").first().waitFor();
  await keeper.goto("/equipment?kind=caravan");
  await keeper.getByRole("link", { name: "科普大篷车" }).click();
  await card(keeper, "到三所学校巡展").getByRole("button", { name: "同意借" }).click();
  await keeper.getByRole("dialog").getByRole("button", { name: "同意", exact: true }).click();
  await card(keeper, "到三所学校巡展").getByText("已同意").waitFor();
  await card(keeper, "赶集日到广场").getByRole("button", { name: "不同意" }).click();
  await keeper.getByRole("dialog").getByRole("button", { name: "不同意", exact: true }).click();
  await keeper.getByRole("dialog").getByText("请写一句原因").first().waitFor();
  await keeper.getByRole("dialog").getByRole("button", { name: "这几天已答应别的单位" }).click();
  await keeper.getByRole("dialog").getByRole("button", { name: "不同意", exact: true }).click();
  await card(keeper, "赶集日到广场").getByText("未同意").waitFor();
  await xinglong.reload();
  await card(xinglong, "赶集日到广场").getByText("这几天已答应别的单位").waitFor();
  expect(await card(xinglong, "赶集日到广场").getByRole("button").count()).toBe(0);

  // It goes, and comes back.
  await keeper.goto("/loans?side=lending");
  const lent = card(keeper, "到三所学校巡展");
  await lent.getByRole("button", { name: "交给对方" }).click();
  await keeper.getByRole("dialog").getByLabel("交出时的情况").fill("展品20件齐全");
  await keeper.getByRole("dialog").getByRole("button", { name: "已交给对方" }).click();
  await lent.getByText("已借出").waitFor();
  await lent.getByRole("button", { name: "收回" }).click();
  await keeper.getByRole("dialog").getByLabel("归还时的情况").fill("齐全，轮胎要补气");
  await keeper.getByRole("dialog").getByRole("button", { name: "已收回" }).click();
  await lent.getByText("已归还").waitFor();

  // The town tells how it was.
  await youyi.goto("/loans");
  const ours = card(youyi, "到三所学校巡展");
  await ours.getByText("齐全，轮胎要补气").waitFor();
  await ours.getByRole("button", { name: "填写反馈" }).click();
  await youyi.getByRole("dialog").getByLabel("参加人次").fill("640");
  await youyi.getByRole("dialog").getByLabel("情况和建议").fill("孩子们最喜欢虚拟骑行");
  await youyi.getByRole("dialog").getByRole("button", { name: "提交反馈" }).click();
  await ours.getByText("640 人次").waitFor();
  expect(await ours.getByRole("button").count()).toBe(0);
  await keeper.reload();
  await card(keeper, "到三所学校巡展").getByText("孩子们最喜欢虚拟骑行").waitFor();
});
