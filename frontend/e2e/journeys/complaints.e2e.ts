// A complaint without a name, answered by a level above, and once more by the supervisor.

import { expect, test } from "vitest";
import type { Page } from "playwright-core";
import { world } from "../support/world";

const here = world();

async function answered(page: Page, number: string, words: string, send: string): Promise<void> {
  await page.goto("/complaints");
  await page.getByRole("link", { name: new RegExp(number) }).click();
  await page.getByLabel("您的答复").fill(words);
  await page.getByRole("button", { name: send, exact: true }).click();
  await page.getByText("答复发出了").waitFor();
}

test("who complains without a name reads the answer by the link, disagrees once, and the supervisor has the last word", async () => {
  const visitor = await here.now().visitor("phone");
  await visitor.goto("/track");
  await visitor.getByRole("link", { name: "投诉与建议" }).click();
  await visitor.getByLabel("想说什么").fill("查进度的页面字太小，老人看不清");
  await visitor.getByRole("button", { name: "发出去" }).click();
  await visitor.getByRole("heading", { name: "收到了" }).waitFor();
  const number = (await visitor.getByText(/^\s*TS[0-9A-Z]{8}\s*$/).textContent())!.trim();
  await visitor.getByRole("link", { name: "看这件投诉" }).click();
  await visitor.getByText("收到了，等答复").waitFor();

  const dispatcher = await here.now().signedIn(here.now().account("dispatcher", "友谊县"), "desk");
  await answered(dispatcher, number, "按右上角的字号就能换大字。", "发出答复");

  await visitor.reload();
  await visitor.getByText("按右上角的字号就能换大字。").waitFor();
  await visitor.getByRole("button", { name: "不满意" }).click();
  await visitor.getByLabel("哪里不满意").fill("没有人教我们");
  await visitor.getByRole("button", { name: "交给督办的人" }).click();
  await visitor.getByText("您不满意，已经转给督办的人").waitFor();

  const supervisor = await here.now().signedIn(here.now().account("supervisor"), "desk");
  await answered(supervisor, number, "下周站里来人教。", "发出最终答复");

  await visitor.reload();
  await visitor.getByText("下周站里来人教。").waitFor();
  expect(await visitor.getByRole("button", { name: "不满意" }).count()).toBe(0);
});
