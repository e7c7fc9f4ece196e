// The steps of planning an event, as staff take them.

import type { Page } from "playwright-core";

/**
 * Fills the form of a new event: early tomorrow, in the first venue whose name holds a word, open to everybody, part of a campaign
 * where one is named; and sends it.
 */
export async function planned(page: Page, title: string, venue: string, campaign?: string): Promise<void> {
  await page.goto("/calendar/new");
  await page.getByLabel("活动名称").fill(title);
  await page.getByRole("radio", { name: "讲座" }).check({ force: true });
  await page.locator("#event-venue").fill(venue);
  await page
    .getByRole("button", { name: new RegExp(`${venue}.*座`) })
    .first()
    .click();
  await page.locator("[data-change]").first().waitFor();
  const day = page.getByRole("combobox", { name: "日子" });
  // The first option stands for nothing chosen, the second for today.
  await day.selectOption({ index: 2 });
  await page.getByRole("combobox", { name: "开始" }).selectOption({ label: "06:00" });
  await page.getByRole("combobox", { name: "结束" }).selectOption({ label: "07:00" });
  await page.getByRole("radio", { name: /^公开/ }).check({ force: true });
  if (campaign) {
    const options = page.locator("#event-campaign option");
    const label = (await options.filter({ hasText: campaign }).first().textContent())!.trim();
    await page.locator("#event-campaign").selectOption({ label });
  }
  await page.getByText("方案之外，没有对应的任务").click();
  await page.getByRole("button", { name: "存成草稿" }).click();
}

/** Publishes the draft that is open, and gives its number. */
export async function published(page: Page): Promise<string> {
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("button", { name: "发布", exact: true }).click();
  await drawer.getByText("发布这场活动？").waitFor();
  await drawer.getByRole("button", { name: "发布", exact: true }).click();
  await drawer.getByText("已发布").waitFor();
  return new URL(page.url()).searchParams.get("open")!;
}

/** Lets so many people register for the event that is open. */
export async function registrable(page: Page, places: number): Promise<void> {
  await page.getByRole("button", { name: "开放报名" }).click();
  const form = page.getByRole("dialog", { name: "报名设置" });
  await form.getByLabel("一共多少名额").fill(String(places));
  await form.getByRole("button", { name: "保存" }).click();
  await page.getByText("报名设置存好了。").waitFor();
}
