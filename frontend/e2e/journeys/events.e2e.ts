// An event from the draft to the day it is called off, and what a visitor sees of it.

import { expect, test } from "vitest";
import { planned, published } from "../support/planning";
import { world } from "../support/world";

const here = world(409);

test("a scheduler plans an event, nobody plans over it, a visitor finds it and reads why it was called off", async () => {
  const title = "早起看冰：冰面安全";
  const scheduler = await here.now().signedIn(here.now().account("scheduler", "县新时代"), "desk");
  await planned(scheduler, title, "成富");
  const drawer = scheduler.getByRole("dialog");
  await drawer.getByText("还是草稿，别人看不到").waitFor();
  await drawer.getByText("06:00–07:00").waitFor();

  const visitor = await here.now().visitor("phone", "large");
  await visitor.goto("/events");
  await visitor.getByRole("heading", { level: 1, name: "近期活动" }).waitFor();
  await visitor.waitForLoadState("networkidle");
  expect(await visitor.getByText(title).count()).toBe(0);

  // Somebody else wants the same hall at the same time.
  const other = await here.now().signedIn(here.now().account("scheduler", "友谊镇"), "desk");
  await planned(other, "同一个时间的另一场", "成富");
  const refusal = other.getByRole("alert");
  await refusal.waitFor();
  expect(await refusal.textContent()).toMatch(/这个场地有人订了：.+06:00–07:00.+写好的都还在/);
  expect(await other.getByLabel("活动名称").inputValue()).toBe("同一个时间的另一场");
  await other.reload();
  await other.getByText("上次没写完的，都还在").waitFor();
  expect(await other.getByLabel("活动名称").inputValue()).toBe("同一个时间的另一场");
  // It is said before anything is sent, with the nearest time at which all are free: one tap takes it.
  await other.getByText(/场地 .+ 有人订了/).waitFor();
  const near = other.locator("div", { has: other.getByText("这里还有空的时间", { exact: true }) }).last();
  await near.getByRole("button").first().click();
  await other.getByText("这个时间、场地和人都有空。").waitFor();
  const begins = other.getByRole("combobox", { name: "开始" }).locator("option:checked");
  expect((await begins.textContent())?.trim()).toBe("07:00");
  await other.getByRole("button", { name: "存成草稿" }).click();
  await other.getByRole("dialog").getByText("07:00–08:00").waitFor();
  await other.close();

  const id = await published(scheduler);
  await visitor.goto("/");
  await visitor.getByRole("heading", { name: "能请什么" }).waitFor();
  await visitor.getByRole("heading", { name: "怎么" }).first().scrollIntoViewIfNeeded();
  await visitor.getByRole("link", { name: title }).click();
  await visitor.getByRole("heading", { level: 1, name: title }).waitFor();
  expect(new URL(visitor.url()).pathname).toBe(`/events/${id}`);
  await visitor.getByText("06:00–07:00").first().waitFor();
  await visitor.getByText("成富").first().waitFor();
  expect(await visitor.locator("[itemtype='https://schema.org/Event'] [itemprop=startDate]").count()).toBe(1);

  await drawer.getByRole("button", { name: "取消活动" }).click();
  await drawer.getByRole("button", { name: "确定取消活动" }).click();
  await drawer.getByText("请写为什么取消").first().waitFor();
  await drawer.getByLabel("为什么取消").fill("大雪封路");
  await drawer.getByRole("button", { name: "确定取消活动" }).click();
  await drawer.getByText("取消原因").waitFor();
  expect(await drawer.getByRole("button", { name: "发布" }).count()).toBe(0);

  await visitor.reload();
  await visitor.getByText("这场活动取消了").first().waitFor();
  await visitor.getByText("原因：大雪封路").waitFor();
  await visitor.goto("/events");
  await visitor.getByRole("heading", { level: 1, name: "近期活动" }).waitFor();
  await visitor.waitForLoadState("networkidle");
  expect(await visitor.getByText(title).count()).toBe(0);
});
