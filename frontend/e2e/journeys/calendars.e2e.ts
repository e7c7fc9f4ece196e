// A calendar at a secret address, from the asking to the giving up; and an open event that a visitor puts into theirs.

import { expect, test } from "vitest";
import { planned, published } from "../support/planning";
import { world } from "../support/world";

const here = world();

test("a planner's telephone follows what they plan until the address is given up, and a visitor takes one event along", async () => {
  const title = "早起看鸟：湿地观鸟";
  const scheduler = await here.now().signedIn(here.now().account("scheduler", "县新时代"), "desk");
  await scheduler.goto("/calendar");
  await scheduler.getByRole("button", { name: "订阅日历" }).click();
  const sheet = scheduler.getByRole("dialog");
  await sheet.getByRole("radio", { name: "我负责的活动" }).waitFor({ state: "attached" });
  await sheet.getByRole("button", { name: "给我一个私密地址" }).click();
  await sheet.getByText("地址只显示这一次").waitFor();
  const path = new URL((await sheet.locator("[data-address]").textContent())!.trim()).pathname;
  await sheet.getByRole("img", { name: "日历地址的二维码" }).waitFor();
  await sheet.getByRole("button", { name: "关闭" }).click();
  const read = async () => scheduler.request.get(new URL(path, scheduler.url()).href);
  expect(await (await read()).text()).toContain("BEGIN:VCALENDAR");

  await planned(scheduler, title, "成富");
  await scheduler.getByRole("dialog").getByText("还是草稿，别人看不到").waitFor();
  expect(await (await read()).text()).toContain(`SUMMARY:（草稿）${title}`);
  const id = await published(scheduler);
  const followed = await (await read()).text();
  expect(followed).toContain(`SUMMARY:${title}`);
  expect(followed).not.toContain(`（草稿）${title}`);

  // Whoever reads along takes this one event into their own calendar.
  const visitor = await here.now().visitor("phone", "large");
  await visitor.goto(`/events/${id}`);
  const link = await visitor.getByRole("link", { name: "存进手机日历" }).getAttribute("href");
  const file = await visitor.request.get(new URL(link!, visitor.url()).href);
  expect([file.status(), file.headers()["content-type"]]).toEqual([200, "text/calendar; charset=utf-8"]);
  expect(await file.text()).toContain(`SUMMARY:${title}`);
  await visitor.goto("/events");
  await visitor.getByRole("button", { name: "订阅日历" }).click();
  expect(await visitor.getByRole("dialog").locator("[data-address]").textContent()).toContain(
    "/api/v1/calendar.ics",
  );

  await scheduler.goto("/account");
  await scheduler.getByRole("button", { name: "作废：我负责的活动" }).click();
  await scheduler.getByRole("dialog").getByRole("button", { name: "作废" }).click();
  await scheduler.getByText("地址作废了").waitFor();
  expect((await read()).status()).toBe(404);
});
