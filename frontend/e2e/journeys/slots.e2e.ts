// An order that is scheduled into a time at which all are free, and a clash that is seen before anything is sent.

import { expect, test } from "vitest";
import { filled, numberOf } from "../support/ordering";
import { world } from "../support/world";
import { accepted, dispatched, opened, scheduling } from "../support/working";

const here = world();

test("an order is scheduled into a proposed time with one tap", async () => {
  const as = (role: string, organisation: string) =>
    here.now().signedIn(here.now().account(role, organisation), "phone");

  const visitor = await here.now().visitor("phone");
  await filled(visitor, "想学用灭火器");
  await visitor.getByRole("button", { name: "发出去" }).click();
  const number = await numberOf(visitor);
  await visitor.close();
  const dispatcher = await as("dispatcher", "爱林村");
  await dispatched(await opened(dispatcher, number), "县卫生健康局", "请人到村里教用灭火器，约20人");
  await dispatcher.close();
  const officer = await as("officer", "卫生");
  await accepted(await opened(officer, number));
  await officer.close();

  const leader = await as("leader", "人民医院");
  const order = await scheduling(leader, number, "友谊县人民医院健康科技志愿服务队");
  const proposed = order.getByRole("region", { name: "推荐时段" });
  const best = proposed.getByRole("button").first();
  await best.waitFor();
  const when = (await best.locator("strong").textContent())!;
  await best.click();
  await order.getByText("这个时间、场地和人都有空。").waitFor();
  expect(await order.getByRole("combobox", { name: "哪天" }).inputValue()).not.toBe("");
  await order.getByRole("button", { name: "定下来" }).click();
  await order.getByText("已排期").first().waitFor();
  expect(await order.textContent()).toContain(when.slice(0, when.indexOf("日")));
});
