// An order from the first word to the last, on the screens of everybody it passes.

import { test } from "vitest";
import { filled, numberOf } from "../support/ordering";
import { world } from "../support/world";
import { accepted, claimed, dispatched, opened, reported } from "../support/working";

const here = world();

test("the whole life of an order through six people's screens", async () => {
  const as = (role: string, organisation: string) =>
    here.now().signedIn(here.now().account(role, organisation), "desk");

  const visitor = await here.now().visitor("phone");
  await filled(visitor, "想学心肺复苏");
  await visitor.getByRole("button", { name: "发出去" }).click();
  const number = await numberOf(visitor);
  const link = (await visitor.getByRole("link", { name: "看这张单" }).getAttribute("href"))!;
  await visitor.close();

  const dispatcher = await as("dispatcher", "爱林村");
  await dispatched(await opened(dispatcher, number), "县卫生健康局", "请人到村里教心肺复苏，约20人");
  await dispatcher.close();

  const officer = await as("officer", "卫生");
  const received = await opened(officer, number);
  await received.getByText("请人到村里教心肺复苏").first().waitFor();
  await accepted(received);
  await officer.close();

  const leader = await as("leader", "人民医院");
  await claimed(leader, number, "友谊县人民医院健康科技志愿服务队");
  await leader.close();

  const daughter = await here.now().visitor("phone");
  await daughter.goto("/");
  await daughter.getByLabel("单号").fill(number);
  await daughter.getByLabel("电话后四位").fill("4321");
  await daughter.getByRole("button", { name: "查进度" }).click();
  await daughter.getByText("日子定好了").waitFor();
  await daughter.close();

  // The session takes place; whoever was signed in is signed out meanwhile.
  here.now().server.advance(2 * 24 * 60);

  const back = await as("leader", "人民医院");
  const held = await opened(back, number);
  await reported(held, 23, "讲了心肺复苏，每人在假人上练了两遍。");
  await back.close();

  const pleased = await here.now().visitor("phone", "large");
  await pleased.goto(link);
  await pleased.getByRole("heading", { name: "办完了" }).waitFor();
  await pleased.getByText("来了 23 人").waitFor();
  await pleased.getByText("5 星：很好").click();
  await pleased.getByLabel("想说的话").fill("教得细，都学会了");
  await pleased.getByRole("button", { name: "交评价" }).click();
  await pleased.getByRole("heading", { name: "办结了" }).waitFor();
  await pleased.getByText("已办结").first().waitFor();
  await pleased.getByText("教得细，都学会了").first().waitFor();
  await pleased.close();

  const supervisor = await as("supervisor", "县科协");
  const ended = await opened(supervisor, number, "all");
  await ended.getByText("已办结").first().waitFor();
  await ended.getByText("到场 23 人").waitFor();
  await ended.getByText("评了单").waitFor();
});
