// The steps of working on an order, as staff take them.

import type { Locator, Page } from "playwright-core";

/** Finds an order by its number in what waits for one, or in all that one sees, and opens it. */
export async function opened(page: Page, number: string, among: "todo" | "all" = "todo"): Promise<Locator> {
  await page.goto(among === "all" ? `/work?state=all&q=${number}` : "/work");
  await page.getByRole("link", { name: number }).click();
  const order = page.getByRole("dialog");
  await order.getByText(number).first().waitFor();
  return order;
}

/** Sends an open order to a department, outside the plan. */
export async function dispatched(order: Locator, department: string, summary: string): Promise<void> {
  await order.getByRole("button", { name: "派单", exact: true }).click();
  await order.getByRole("combobox", { name: "牵头部门" }).selectOption({ label: department });
  await order.getByRole("textbox", { name: "摘要" }).fill(summary);
  await order.getByText("方案之外，没有对应的任务").click();
  await order.getByRole("button", { name: "派出去" }).click();
  await order.page().getByText("派出去了").first().waitFor();
}

/** Accepts a dispatched order for the department, open to every team. */
export async function accepted(order: Locator): Promise<void> {
  await order.getByRole("button", { name: "领单", exact: true }).click();
  await order.getByText("公开，谁都可以接").click();
  await order.getByRole("button", { name: "领下来" }).click();
  await order.getByText("待接单").first().waitFor();
}

/** Takes an order off the board for the leader's team, and sets its day: tomorrow, two to half past three. */
export async function claimed(page: Page, number: string, team: string): Promise<void> {
  const order = await scheduling(page, number, team);
  // The choices of days begin with none, then today.
  await order.getByRole("combobox", { name: "哪天" }).selectOption({ index: 2 });
  await order.getByRole("combobox", { name: "从" }).selectOption("14:00");
  await order.getByRole("combobox", { name: "到", exact: true }).selectOption("15:30");
  await order.getByRole("button", { name: "定下来" }).click();
  await order.getByText("已排期").first().waitFor();
}

/** Claims an order for a team, and opens the form that schedules it. */
export async function scheduling(page: Page, number: string, team: string): Promise<Locator> {
  await page.goto("/board");
  const card = page.getByRole("listitem").filter({ hasText: number });
  await card.getByRole("button", { name: "接单" }).click();
  await card.getByRole("button", { name: "接下来" }).click();
  await card.getByText(`“${team}”接到了。`).waitFor();
  await card.getByRole("link", { name: "去定时间" }).click();
  const order = page.getByRole("dialog");
  await order.getByRole("button", { name: "排期", exact: true }).click();
  return order;
}

/** Reports what took place. */
export async function reported(order: Locator, people: number, what: string): Promise<void> {
  await order.getByRole("button", { name: "报告完成" }).click();
  await order.getByRole("textbox", { name: "到场多少人" }).fill(String(people));
  await order.getByRole("textbox", { name: "办了什么" }).fill(what);
  await order.getByRole("button", { name: "报上去" }).click();
  await order.page().getByText("报上去了").first().waitFor();
}
