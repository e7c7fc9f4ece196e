// One place and two who want it: the first gives it back, the second moves up and confirms.

import { expect, test } from "vitest";
import { planned, published, registrable } from "../support/planning";
import { world } from "../support/world";

const here = world();

test("of two who register for one place the first cancels with one tap, and the one in line moves up and confirms", async () => {
  const title = "只有一个座位的科普课";
  const scheduler = await here.now().signedIn(here.now().account("scheduler", "县新时代"), "desk");
  await planned(scheduler, title, "成富");
  const event = await published(scheduler);
  await registrable(scheduler, 1);
  await scheduler.getByText("还没有人报名").waitFor();

  // Somebody with an account gives how many come, and nothing else.
  const resident = await here.now().signedIn(here.now().account("resident"), "phone");
  await resident.goto(`/events/${event}`);
  await resident.getByText("还有 1 个名额").waitFor();
  await resident.getByRole("button", { name: "我要报名" }).click();
  expect(await resident.getByLabel("您的电话").count()).toBe(0);
  await resident.getByLabel(/我看过并同意《活动报名告知书》/).check();
  await resident.getByRole("button", { name: "报名", exact: true }).click();
  await resident.getByText("报名成功").waitFor();

  // A visitor in large text, with a child: name, phone, how many; and the guardian's consent.
  const visitor = await here.now().visitor("phone", "large");
  await visitor.goto(`/events/${event}`);
  await visitor.getByText("名额满了").waitFor();
  await visitor.getByRole("button", { name: "我要报名" }).click();
  await visitor.getByRole("button", { name: "报名", exact: true }).click();
  await visitor.getByText("请写您的姓名").first().waitFor();
  await visitor.getByLabel("怎么称呼您").fill("王桂兰");
  await visitor.getByLabel("您的电话").fill("13800001234");
  await visitor.getByLabel("里面有不满 14 岁的孩子").check();
  await visitor.getByLabel("几个孩子").fill("1");
  await visitor.getByLabel(/监护人同意书/).check();
  await visitor.getByLabel(/我看过并同意《活动报名告知书》/).check();
  await visitor.getByRole("button", { name: "报名", exact: true }).click();
  await visitor.getByText("排队等名额").waitFor();
  await visitor.getByText("您排在第 1 位").waitFor();
  const link = (await visitor.getByText("/registration#").textContent())!.trim();

  // One tap.
  await resident.getByRole("button", { name: "不来了，取消报名" }).click();
  await resident.getByText("已经取消报名。").waitFor();

  // On another device, by the link that they kept.
  const later = await here.now().visitor("phone", "largest");
  await later.goto(link);
  await later.getByText("有名额了，等您确认").waitFor();
  expect(new URL(later.url()).hash).toBe("");
  await later.getByRole("button", { name: "确认参加" }).click();
  await later.getByText("报名成功").waitFor();

  // Who holds it sees them masked, and nothing of the child until somebody else has approved that.
  await scheduler.reload();
  const row = scheduler.getByRole("listitem").filter({ hasText: "138****1234" });
  await row.getByRole("button", { name: "看电话" }).first().click();
  await row.getByLabel("为什么要看").fill("通知带孩子的注意事项");
  await row.getByRole("button", { name: "确定，看电话" }).click();
  await scheduler.getByText("13800001234").waitFor();
  await scheduler.getByText("孩子的情况还没批准您看。").waitFor();

  // Their own yes is none; that of the county's dispatcher is one.
  const county = await here.now().signedIn(here.now().account("dispatcher", "县新时代"), "desk");
  await county.goto(`/calendar?open=${event}`);
  await county.getByRole("button", { name: "我批准别人看" }).click();
  await county.getByText("已经批准，写上了您的名字。").waitFor();
  await scheduler.reload();
  await row.getByRole("button", { name: "看电话" }).first().click();
  await row.getByLabel("为什么要看").fill("通知带孩子的注意事项");
  await row.getByRole("button", { name: "确定，看电话" }).click();
  await scheduler.getByText("孩子 1 人，监护人：报名的人自己").waitFor();

  await resident.goto("/registrations");
  await resident.getByRole("heading", { name: title }).waitFor();
  await resident.getByText("已取消").waitFor();
});
