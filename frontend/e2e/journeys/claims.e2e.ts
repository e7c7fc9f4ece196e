// One order, two teams that want it.

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { world } from "../support/world";

const here = world(409, 412);

const cards = (page: Page) => page.getByRole("main").getByRole("listitem");
const cardOf = (page: Page, number: string) => cards(page).filter({ hasText: number });

async function numbersOn(board: Page): Promise<string[]> {
  await board.getByRole("button", { name: "接单" }).first().waitFor();
  const texts = await cards(board)
    .filter({ has: board.getByRole("button", { name: "接单" }) })
    .allTextContents();
  return texts.flatMap((text) => text.match(/KP[0-9A-Z]{8}/)?.[0] ?? []);
}

test("two teams claim the same order: one holds it, the other hears who was faster", async () => {
  const teams = ["友谊县人民医院健康科技志愿服务队", "友谊县疾控卫生科技志愿服务队"] as const;
  const pages: Page[] = [];
  const numbers: string[][] = [];
  for (const team of teams) {
    const page = await here.now().signedIn(here.now().account("leader", team), "phone");
    await page.goto("/board");
    numbers.push(await numbersOn(page));
    pages.push(page);
  }
  const number = numbers[0]!.find((one) => numbers[1]!.includes(one));
  if (!number) throw new Error("the demo has no order that both teams can claim");
  const boards = pages.map((page, n) => ({ team: teams[n]!, page, card: cardOf(page, number) }));
  for (const { team, card } of boards) {
    await card.getByRole("button", { name: "接单" }).click();
    await card.getByText(`用“${team}”接这一单？`).waitFor();
  }

  await Promise.all(boards.map(({ card }) => card.getByRole("button", { name: "接下来" }).click()));
  await Promise.all(
    boards.map(({ card }) => card.getByText("接到了。").or(card.getByRole("alert")).first().waitFor()),
  );
  const held = await Promise.all(boards.map(({ card }) => card.getByText("接到了。").isVisible()));
  expect([...held].sort()).toEqual([false, true]);
  const winner = boards[held.indexOf(true)]!;
  const other = boards[held.indexOf(false)]!;

  expect(await winner.card.getByText("接到了。").textContent()).toBe(`“${winner.team}”接到了。`);
  await winner.card.getByRole("link", { name: "去定时间" }).click();
  await winner.page.getByRole("dialog").getByText("已接单").first().waitFor();

  expect((await other.card.getByRole("alert").textContent())!.trim()).toBe(
    `来晚了一步：现在是“已接单”，由${winner.team}负责。`,
  );
  expect(await other.card.getByRole("button").count()).toBe(0);
  await other.page.reload();
  await other.page.getByRole("heading", { level: 1, name: "接单" }).waitFor();
  await cards(other.page).first().waitFor();
  expect(await cardOf(other.page, number).count()).toBe(0);
});
