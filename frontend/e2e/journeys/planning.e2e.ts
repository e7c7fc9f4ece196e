// A township's fair in 全国科普月 with twenty stalls, and a day of snow.

import { expect, test } from "vitest";
import { planned, published } from "../support/planning";
import { world } from "../support/world";

const here = world();

test("a township plans 科普月 with a fair of twenty stalls, and a visitor finds them all", async () => {
  const title = "科普大集";
  const scheduler = await here.now().signedIn(here.now().account("scheduler", "友谊镇"), "desk");
  await planned(scheduler, title, "成富", "全国科普月");
  const drawer = scheduler.getByRole("dialog");
  const fair = await published(scheduler);

  await drawer.getByRole("button", { name: "加摊位、分场" }).click();
  for (let n = 0; n < 3; n += 1) await drawer.getByRole("button", { name: "再加五行" }).click();
  await drawer.getByRole("button", { name: "全部加上" }).click();
  await drawer.getByText("请至少写一个名称").waitFor();
  for (let n = 1; n <= 20; n += 1)
    await drawer.getByLabel(`第 ${n} 个，名称`, { exact: true }).fill(`${n}号摊位`);
  await drawer.getByLabel("第 2 个，哪个单位", { exact: true }).selectOption({ label: "县卫生健康局" });
  await drawer.getByRole("button", { name: "全部加上" }).click();
  await drawer.getByText("20号摊位").waitFor();
  await drawer.getByText("县卫生健康局").waitFor();
  await drawer.getByRole("button", { name: "草稿全部发布（20 个）" }).click();
  await scheduler.getByText("发布了 20 个").first().waitFor();

  const visitor = await here.now().visitor("phone", "large");
  await visitor.goto("/events");
  await visitor.getByRole("link", { name: title }).waitFor();
  expect(await visitor.getByText("1号摊位").count()).toBe(0);
  await visitor.goto(`/events/${fair}`);
  await visitor.getByText("全国科普月").first().waitFor();
  await visitor.getByRole("heading", { name: "摊位、分场" }).waitFor();
  await visitor
    .getByRole("link", { name: /2号摊位.*县卫生健康局/ })
    .first()
    .click();
  await visitor.getByRole("link", { name: `《${title}》的一部分` }).waitFor();

  const supervisor = await here.now().signedIn(here.now().account("supervisor"), "desk");
  await supervisor.goto("/campaigns");
  // The first that the form offers is this year's, or the next year's once it is over.
  const year = new Date(Date.now() - 31 * 86_400_000) > new Date(`${new Date().getFullYear()}-09-30`) ? 1 : 0;
  await supervisor.getByLabel("哪一年").selectOption({ label: `${new Date().getFullYear() + year} 年` });
  await supervisor.getByLabel("哪个主题").selectOption({ label: "全国科普月" });
  await supervisor.getByText("共 21 场").waitFor();
  expect(await supervisor.getByRole("row").count()).toBe(22);
});

test("snow postpones a day, after a look at what that is, and whoever wants to come reads it", async () => {
  const title = "下雪那天的讲座";
  const scheduler = await here.now().signedIn(here.now().account("scheduler", "县新时代"), "desk");
  await planned(scheduler, title, "县图书馆");
  const id = await published(scheduler);
  await scheduler.keyboard.press("Escape");

  await scheduler.getByRole("button", { name: "一天都延期" }).click();
  const sheet = scheduler.getByRole("dialog");
  await sheet.getByRole("heading", { name: "把一天的活动都延期" }).waitFor();
  const tomorrow = new Date(Date.now() + 32 * 3_600_000).toISOString().slice(0, 10).split("-").map(Number);
  for (const [n, value] of tomorrow.entries())
    await scheduler.locator(`#day-off-day-${n}`).selectOption(String(value));
  await sheet.getByText(title).waitFor();
  await sheet.getByLabel("说明").fill("大雪封路");
  await sheet.getByRole("button", { name: /^这 \d+ 场全部延期$/ }).click();
  await scheduler
    .getByText(/延期了 \d+ 场/)
    .first()
    .waitFor();

  const visitor = await here.now().visitor("phone", "large");
  await visitor.goto(`/events/${id}`);
  await visitor.getByText("这场活动延期了").first().waitFor();
  await visitor.getByText("大雪封路").first().waitFor();
  await visitor.goto("/events");
  await visitor.getByRole("heading", { level: 1, name: "近期活动" }).waitFor();
  await visitor.waitForLoadState("networkidle");
  expect(await visitor.getByText(title).count()).toBe(0);

  // It is found again by its planner, who gives it its new time.
  await scheduler.goto(`/calendar?open=${id}`);
  await scheduler.getByRole("dialog").getByText("定好新时间，点“修改”写上").waitFor();
  await scheduler.getByRole("dialog").getByRole("link", { name: "修改" }).click();
  await scheduler.getByRole("combobox", { name: "日子" }).selectOption({ index: 5 });
  await scheduler.getByRole("button", { name: "存下修改" }).click();
  await scheduler.getByRole("dialog").getByText("已发布").waitFor();
  await visitor.goto(`/events/${id}`);
  await visitor.getByRole("heading", { level: 1, name: title }).waitFor();
  expect(await visitor.getByText("这场活动延期了").count()).toBe(0);
});
