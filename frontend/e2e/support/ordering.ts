// The steps of ordering, as a visitor takes them.

import type { Page } from "playwright-core";

export const next = (page: Page) => page.getByRole("button", { name: "下一步" }).click();

/** From the first question to the card that is looked at before sending. */
export async function filled(page: Page, title: string): Promise<void> {
  await page.goto("/order");
  await page.getByLabel("想请什么").fill(title);
  await next(page);
  await page.getByLabel("搜村或社区的名字").fill("爱林");
  await page.getByRole("button", { name: "兴隆镇 › 爱林村" }).click();
  await page.getByText("这张单由爱林村新时代文明实践站来接").waitFor();
  await page.getByText("什么时候都行").click();
  await next(page);
  await page.getByLabel("怎么称呼您").fill("李大爷");
  await page.getByLabel("您的电话").fill("139 0000 4321");
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "看一遍" }).click();
  await page.getByRole("heading", { name: "看一遍，对就发出去" }).waitFor();
}

/** The number of what was just sent. */
export async function numberOf(page: Page, told = "收到了，谢谢您"): Promise<string> {
  await page.getByRole("heading", { name: told }).waitFor();
  return (await page
    .getByText(/^KP[0-9A-Z]{8}$/)
    .first()
    .textContent())!.trim();
}
