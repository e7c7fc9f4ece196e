// The four pictures of the README, of the demo as it is.

import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import type { Page } from "playwright-core";
import { test } from "vitest";
import { world } from "./support/world";

const here = world();
const FOLDER = new URL("../../docs/images/", import.meta.url).pathname;

async function taken(page: Page, name: string): Promise<void> {
  await page.waitForLoadState("networkidle");
  const path = `${FOLDER}${name}.png`;
  await page.screenshot({ path });
  // 256 colours are plenty for flat pages, and a third of the size.
  execFileSync("pngquant", [
    "--force",
    "--skip-if-larger",
    "--quality=80-98",
    "--speed=1",
    "--output",
    path,
    path,
  ]);
}

test("the README shows the product as it is", async () => {
  mkdirSync(FOLDER, { recursive: true });
  const visitor = await here.now().visitor("phone");
  await visitor.goto("/");
  await taken(visitor, "home-phone");
  const large = await here.now().visitor("phone", "large");
  await large.goto("/order");
  await taken(large, "order-large-phone");
  const dispatcher = await here.now().signedIn(here.now().account("dispatcher", "友谊镇"), "desk");
  await dispatcher.goto("/work?state=submitted");
  await dispatcher.locator('main a[href^="/work/"]').first().click();
  await dispatcher.getByRole("dialog").waitFor();
  await taken(dispatcher, "work-desk");
  const supervisor = await here.now().signedIn(here.now().account("supervisor"), "desk");
  await supervisor.goto("/overview");
  await taken(supervisor, "overview-desk");
});
