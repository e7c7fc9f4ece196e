// Ordering and following, as those do it who come to this site once.

import { expect, test } from "vitest";
import { faultsOf } from "./support/look";
import { filled, next, numberOf } from "./support/ordering";
import { signIn, world } from "./support/world";

const here = world();

test("a visitor orders in three steps, opens the order by its link, and takes it back", async () => {
  const page = await here.now().visitor("phone", "large");
  await filled(page, "想学打太极");
  expect(await faultsOf(page, "large")).toEqual([]);
  await page.getByRole("button", { name: "发出去" }).click();
  const number = await numberOf(page);
  expect(await faultsOf(page, "large")).toEqual([]);
  expect(await page.evaluate(() => localStorage.getItem("kepu.draft"))).toBeNull();

  await page.getByRole("link", { name: "看这张单" }).click();
  await page.getByRole("heading", { level: 1, name: "想学打太极" }).waitFor();
  expect(new URL(page.url()).hash).toBe("");
  await page.getByRole("button", { name: "撤单" }).click();
  await page.getByRole("button", { name: "确定撤单" }).click();
  await page.getByRole("heading", { name: "您撤回了" }).waitFor();

  await page.goto("/");
  await page.getByLabel("单号").fill(number.toLowerCase());
  await page.getByLabel("电话后四位").fill("4321");
  await page.getByRole("button", { name: "查进度" }).click();
  await page.getByText("您撤回了").waitFor();
});

test("an order that was written without a network is sent once when it is back", async () => {
  const page = await here.now().visitor("phone");
  const keys: (string | undefined)[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/api/v1/orders"))
      keys.push(request.headers()["idempotency-key"]);
  });
  await filled(page, "断网也要点");
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "发出去" }).click();
  await page.getByText("单子已经存好").waitFor();
  await page.context().setOffline(false);
  await numberOf(page);
  expect(new Set(keys).size).toBe(1);
});

test("a step back by the browser keeps what was written, and so does a reload", async () => {
  const page = await here.now().visitor("phone");
  await filled(page, "想学测土配肥");
  await page.goBack();
  await page.getByRole("heading", { name: "怎么联系您" }).waitFor();
  expect(await page.getByLabel("怎么称呼您").inputValue()).toBe("李大爷");
  await page.goBack();
  await page.goBack();
  await page.reload();
  expect(await page.getByLabel("想请什么").inputValue()).toBe("想学测土配肥");
  await page.getByText("上次没写完的还在").waitFor();
});

test("words of danger bring up the numbers, and block nothing", async () => {
  const page = await here.now().visitor("phone");
  await page.goto("/order");
  await page.getByLabel("想请什么").fill("楼道一股臭鸡蛋味，燃气漏了");
  await page.getByText("像是眼下就有危险").waitFor();
  await next(page);
  await page.getByRole("heading", { name: "在哪里、什么时候" }).waitFor();
});

test("a resident who is signed in orders with nine taps", async () => {
  const page = await here.now().visitor("phone");
  await signIn(page, here.now().account("resident"));
  await page.goto("/");
  await page.getByRole("link", { name: "健康与急救" }).click();
  await page.getByRole("button", { name: "老人摔了先干啥，教教急救" }).click();
  await next(page);
  await page.getByText("什么时候都行").click();
  await next(page);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "看一遍" }).click();
  await page.getByRole("button", { name: "发出去" }).click();
  const number = await numberOf(page);
  await page.goto("/orders");
  await page.getByText(number).waitFor();
});

test("a dispatcher orders for one neighbour after the other, at the same place", async () => {
  const page = await here.now().visitor("desk");
  await signIn(page, here.now().account("dispatcher", "爱林村"));
  await page.goto("/order");
  for (const [n, name] of ["张大娘", "赵大爷"].entries()) {
    await page.getByLabel("想请什么").fill("想学用微信");
    await next(page);
    if (n === 0) {
      await page.getByLabel("搜村或社区的名字").fill("爱林");
      await page.getByRole("button", { name: "兴隆镇 › 爱林村" }).click();
    }
    await page.getByText("什么时候都行").click();
    await next(page);
    await page.getByLabel("居民怎么称呼").fill(name);
    await page.getByText("上门", { exact: true }).click();
    await page.getByRole("checkbox").check();
    await page.getByRole("button", { name: "看一遍" }).click();
    await page.getByText("没留电话，站里上门说").waitFor();
    await page.getByRole("button", { name: "发出去" }).click();
    await page.getByRole("button", { name: "再点一张，地方不变" }).click();
    await page.getByRole("heading", { name: "替居民点单" }).waitFor();
    expect(await page.getByLabel("想请什么").inputValue()).toBe("");
  }
});

test("whoever complains without a name reads by the link what becomes of it", async () => {
  const page = await here.now().visitor("phone", "largest");
  await page.goto("/complain?from=/track");
  await page.getByLabel("想说什么").fill("讲课的人来晚了");
  await page.getByRole("button", { name: "发出去" }).click();
  await page.getByText(/^TS[0-9A-Z]{8}$/).waitFor();
  expect(await faultsOf(page, "largest")).toEqual([]);
  await page.getByRole("link", { name: "看这件投诉" }).click();
  await page.getByRole("heading", { name: "收到了，等答复" }).waitFor();
  expect(new URL(page.url()).hash).toBe("");
});
