// One visitor, one old phone in large text: orders, keeps the slip, follows by it, reviews.

import type { Page } from "playwright-core";
import { encode } from "uqr";
import { expect, test } from "vitest";
import { faultsOf } from "../support/look";
import { filled, numberOf } from "../support/ordering";
import { world } from "../support/world";
import { accepted, claimed, dispatched, opened, reported } from "../support/working";

const here = world();

/** The code that the slip shows, dark fields by row. */
const shown = (page: Page) => page.getByRole("img", { name: "点单的二维码" }).locator("path");

function pathOf(link: string): string {
  const { data } = encode(link, { ecc: "M", border: 2 });
  return data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
}

test("a visitor orders on a phone in large text, follows by the slip, and reviews", async () => {
  const staff = (role: string, organisation: string) =>
    here.now().signedIn(here.now().account(role, organisation), "desk");

  const phone = await here.now().device("phone", "large");
  await phone.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await phone.newPage();
  await filled(page, "想学心肺复苏");
  expect(await faultsOf(page, "large")).toEqual([]);
  await page.getByRole("button", { name: "发出去" }).click();
  const number = await numberOf(page);
  expect(await faultsOf(page, "large")).toEqual([]);

  // The slip: its code and its link are one, and open this order without a number or a sign-in.
  await page.getByRole("button", { name: "复制链接" }).click();
  await page.getByText("链接复制好了").waitFor();
  const slip = await page.evaluate(() => navigator.clipboard.readText());
  expect(await shown(page).getAttribute("d")).toBe(pathOf(slip));

  /** As whoever scans the slip once more: what the order's page says first. */
  const follow = async (says: string) => {
    await page.goto("about:blank");
    await page.goto(slip);
    await page.getByRole("heading", { name: says }).waitFor();
    expect(new URL(page.url()).hash).toBe("");
    expect(await faultsOf(page, "large")).toEqual([]);
  };
  await follow("收到了，站里正在核对");

  const dispatcher = await staff("dispatcher", "爱林村");
  await dispatched(await opened(dispatcher, number), "县卫生健康局", "请人到村里教心肺复苏，约20人");
  await dispatcher.close();
  await follow("已经派给部门，等部门领单");

  const officer = await staff("officer", "卫生");
  await accepted(await opened(officer, number));
  await officer.close();
  await follow("部门领了，正在找队伍");

  const leader = await staff("leader", "人民医院");
  await claimed(leader, number, "友谊县人民医院健康科技志愿服务队");
  await leader.close();
  await follow("日子定好了");

  // The session takes place; whoever was signed in is signed out meanwhile.
  here.now().server.advance(2 * 24 * 60);
  const back = await staff("leader", "人民医院");
  await reported(await opened(back, number), 23, "讲了心肺复苏，每人在假人上练了两遍。");
  await back.close();

  await follow("办完了");
  await page.getByText("来了 23 人").waitFor();
  await page.getByText("5 星：很好").click();
  await page.getByLabel("想说的话").fill("教得细，都学会了");
  await page.getByRole("button", { name: "交评价" }).click();
  await page.getByRole("heading", { name: "办结了" }).waitFor();
  await page.getByText("教得细，都学会了").first().waitFor();
  expect(await faultsOf(page, "large")).toEqual([]);
});
