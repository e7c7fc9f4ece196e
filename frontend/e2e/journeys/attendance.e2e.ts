// From the code at the door to the number in the report.

import { expect, test } from "vitest";
import { faultsOf } from "../support/look";
import { planned, published } from "../support/planning";
import { world } from "../support/world";

// Who looks at a door that is not theirs is told so.
const here = world(403, 409);

/** Tomorrow at six in the morning, by the county's clock: when `planned` begins. */
function tomorrowAtSix(): number {
  const county = new Date(Date.now() + 8 * 3_600_000);
  county.setUTCHours(6, 0, 0, 0);
  return county.getTime() - 8 * 3_600_000 + 24 * 3_600_000;
}

test("a resident checks in without a network, is counted once when it is back, and the report proposes the number", async () => {
  const { server } = here.now();
  const account = here.now().account("scheduler", "县新时代");
  const title = "清早的科普集市";
  const begins = tomorrowAtSix();
  const planner = await here.now().signedIn(account, "desk");
  await planned(planner, title, "成富");
  const event = await published(planner);
  const session = await planner.evaluate(async (id) => {
    const answer = await fetch(`/api/v1/events/${id}`);
    return ((await answer.json()) as { sessions: { id: number }[] }).sessions[0]!.id;
  }, event);

  // The sheet of paper for those who have no phone.
  await planner.goto(`/sheet/${session}`);
  await planner.getByRole("heading", { name: title }).waitFor();
  expect(await planner.getByRole("row").count()).toBe(41);
  await planner.goto(`/door/${session}`);
  await planner.getByText("还没到签到的时候").waitFor();
  await planner.close();

  server.advance(Math.ceil((begins - server.now()) / 60_000) - 30);
  const keeper = await here.now().signedIn(account, "phone");
  await keeper.goto(`/door/${session}`);
  await keeper.getByText("扫码签到").first().waitFor();
  const shown = async () => (await keeper.locator("[data-code]").textContent())!.replace(/\s/g, "");
  expect(await keeper.locator("[data-session]").textContent()).toBe(String(session));
  expect(await shown()).toMatch(/^\d{6}$/);

  expect(await faultsOf(keeper, "standard")).toEqual([]);

  // A resident opens the page where there is a network, and has none at the door.
  const resident = await here.now().visitor("phone", "large");
  await resident.goto(`/in?session=${session}`);
  await resident.getByText("不登记姓名和电话").waitFor();
  await resident.getByRole("button", { name: "签到" }).click();
  await resident.getByText("请写门口屏幕上的 6 个数字").first().waitFor();
  await resident.context().setOffline(true);
  await resident.getByLabel("签到码").fill(await shown());
  await resident.getByText("2 个人", { exact: true }).click();
  await resident.getByRole("button", { name: "签到" }).click();
  await resident.getByText("先记在这台手机上了").waitFor();
  expect(
    await resident.evaluate(() => indexedDB.databases().then((all) => all.map((one) => one.name))),
  ).toContain("kepu-check-ins");
  await resident.context().setOffline(false);
  await resident.getByText("签好了").waitFor();
  expect(await faultsOf(resident, "large")).toEqual([]);
  await resident.getByText(`${title}，算 2 个人。`).waitFor();
  await keeper.getByText("已签到 2 人次").waitFor();

  // The same phone scans the code as well: it is counted already. Another one is not.
  await resident.goto(`/in#${session}.${await shown()}`);
  await resident.getByText("已经扫到门口的签到码").waitFor();
  await resident.getByRole("button", { name: "签到" }).click();
  await resident.getByText("已经签过了，不会重复算").waitFor();
  const other = await here.now().visitor("phone");
  await other.goto(`/in#${session}.${await shown()}`);
  await other.getByRole("button", { name: "签到" }).click();
  await other.getByText(`${title}，算 1 个人。`).waitFor();
  await other.goto(`/in?session=${session}`);
  await other.getByLabel("签到码").fill((await shown()) === "000000" ? "000001" : "000000");
  await other.getByRole("button", { name: "签到" }).click();
  await other.getByText("签到码不对，或者已经换了").waitFor();
  await keeper.getByText("已签到 3 人次").waitFor();
  await keeper.close();

  // Somebody closes the page before the network is back; the next page of the site sends it.
  const third = await here.now().visitor("phone");
  const code = await (async () => {
    const page = await here.now().signedIn(account, "phone");
    await page.goto(`/door/${session}`);
    const found = (await page.locator("[data-code]").textContent())!.replace(/\s/g, "");
    await page.close();
    return found;
  })();
  await third.goto(`/in#${session}.${code}`);
  await third.getByText("已经扫到门口的签到码").waitFor();
  await third.context().setOffline(true);
  await third.getByRole("button", { name: "签到" }).click();
  await third.getByText("先记在这台手机上了").waitFor();
  const context = third.context();
  await third.close();
  await context.setOffline(false);
  const later = await context.newPage();
  const sent = later.waitForResponse((answer) => answer.url().endsWith(`/sessions/${session}/check_in`));
  await later.goto("/");
  expect((await sent).status()).toBe(200);
  await context.close();

  // The event is over: what was counted is there already, and the sheet adds to it.
  server.advance(120);
  const reporter = await here.now().signedIn(account, "desk");
  // The browser's clock goes with the server's, so that the page knows that it is over.
  await reporter.clock.setFixedTime(server.now());
  await reporter.goto(`/calendar?open=${event}`);
  const drawer = reporter.getByRole("dialog");
  await drawer.getByText("一共 4 人次").waitFor();
  await drawer.getByRole("button", { name: "登记签到表人数" }).click();
  await drawer.getByLabel("签到表上有几个人").fill("30");
  await drawer.getByLabel("其中孩子").fill("31");
  await drawer.getByRole("button", { name: "登记", exact: true }).click();
  await drawer.getByText("请写一个数字，不超过总人数").first().waitFor();
  await drawer.getByLabel("其中孩子").fill("6");
  await drawer.getByRole("button", { name: "登记", exact: true }).click();
  await drawer.getByText("一共 34 人次").waitFor();
  await drawer.getByRole("button", { name: "报活动情况" }).click();
  await drawer.getByText("按签到算是 34（扫码 4 + 签到表 30），可以改。").waitFor();
  expect(await drawer.getByLabel("来了多少人次").inputValue()).toBe("34");
  await drawer.getByRole("button", { name: "报上去" }).click();
  await drawer.getByText("上报 34 人次").waitFor();
  await drawer.getByText("34 个人").waitFor();
});
