// A neighbour whom no message reaches is told at the door.

import { expect, test } from "vitest";
import { next, numberOf } from "../support/ordering";
import { world } from "../support/world";
import { dispatched, opened } from "../support/working";

const here = world();

test("who has no phone stands on the call list until somebody told them at the door", async () => {
  const page = await here.now().signedIn(here.now().account("dispatcher", "爱林村"), "desk");
  await page.goto("/order");
  await page.getByLabel("想请什么").fill("想听听怎么防骗");
  await next(page);
  await page.getByLabel("搜村或社区的名字").fill("爱林");
  await page.getByRole("button", { name: "兴隆镇 › 爱林村" }).click();
  await page.getByText("什么时候都行").click();
  await next(page);
  await page.getByLabel("居民怎么称呼").fill("孙奶奶");
  await page.getByText("上门", { exact: true }).click();
  await page.getByText("口头同意").click();
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "看一遍" }).click();
  await page.getByText("没留电话，站里上门说").waitFor();
  await page.getByRole("button", { name: "发出去" }).click();
  const number = await numberOf(page, "点好了");
  await page.getByText("没留电话，站里会上门告诉您。").waitFor();

  await dispatched(await opened(page, number), "县卫生健康局", "请人到村里讲讲怎么防骗，约20人");

  const line = page
    .getByRole("main")
    .getByRole("listitem")
    .filter({ has: page.getByRole("link", { name: number }) });
  // The worker writes the line in its next round.
  const lines = async () => {
    await page.goto("/calls");
    await page.waitForLoadState("networkidle");
    return line.count();
  };
  await expect.poll(lines, { timeout: 60_000 }).toBe(1);
  await line.getByText("已派给").waitFor();
  await line.getByText("没留电话").waitFor();
  await line.getByRole("button", { name: "记结果" }).click();
  await line.getByRole("button", { name: "上门告知了" }).click();
  await line.getByText(/^\s*上门告知了 · /).waitFor();

  await page.reload();
  await page.getByRole("heading", { level: 1, name: "待打电话" }).waitFor();
  await page.getByRole("link", { name: "打过的" }).click();
  await line.getByText(/^\s*上门告知了 · /).waitFor();
  await page.getByRole("link", { name: "还没打的" }).click();
  await line.waitFor({ state: "detached" });
  expect(await line.count()).toBe(0);
});
