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
