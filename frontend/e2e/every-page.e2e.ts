// Every page of the router, as somebody who may open it, at both sizes and in every text mode.

import { readFileSync } from "node:fs";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faultsOf } from "./support/look";
import { planned, published, registrable } from "./support/planning";
import { signIn, world, type Device, type Text } from "./support/world";

const here = world();

/** Who opens which page, by the router's pattern; a `:id` is filled in with what the person's own list shows first. */
const PAGES: { who: string | null; pages: string[] }[] = [
  {
    who: null,
    pages: [
      "/",
      "/order",
      "/order/done",
      "/track",
      "/follow",
      "/complain",
      "/complaint",
      "/events",
      "/events/:id(\\d+)",
      "/in",
      "/registration",
      "/privacy",
      "/sign-in",
      "/sign-up",
    ],
  },
  {
    who: "resident",
    pages: ["/orders", "/orders/:id(\\d+)", "/registrations", "/account", "/notices", "/:rest(.*)*"],
  },
  { who: "dispatcher", pages: ["/work", "/work/:id(\\d+)", "/calls", "/complaints", "/bookings"] },
  {
    who: "scheduler",
    pages: [
      "/calendar",
      "/calendar/new",
      "/calendar/:id(\\d+)/change",
      "/door/:id(\\d+)",
      "/sheet/:id(\\d+)",
      "/equipment",
      "/equipment/:id(\\d+)",
      "/loans",
      "/campaigns",
    ],
  },
  { who: "leader", pages: ["/board"] },
  {
    who: "supervisor",
    pages: ["/overview", "/overview/unmet", "/overview/plan", "/admin/plan", "/campaigns/days"],
  },
  { who: "security_administrator", pages: ["/admin/people", "/admin/grants"] },
  {
    who: "system_administrator",
    pages: ["/admin/organisations", "/admin/venues", "/admin/settings", "/admin/holidays"],
  },
];

const LOOKS: [Device, Text][] = [
  ["phone", "standard"],
  ["phone", "large"],
  ["phone", "largest"],
  ["desk", "standard"],
  ["desk", "large"],
  ["desk", "largest"],
];

test("no page of the router is left out", () => {
  const table = readFileSync(new URL("../src/app/pages.ts", import.meta.url), "utf8");
  const known = [...table.matchAll(/page\(\s*"([^"]+)"|path: "([^"]+)"/g)].map((found) =>
    (found[1] ?? found[2]!).replaceAll("\\\\", "\\"),
  );
  expect(PAGES.flatMap(({ pages }) => pages).sort()).toEqual(known.sort());
});

/** One device a person, changed from look to look: signing in costs the server much. */
const devices = new Map<string | null, BrowserContext>();
afterAll(async () => {
  for (const device of devices.values()) await device.close();
});

async function deviceOf(who: string | null): Promise<BrowserContext> {
  let device = devices.get(who);
  if (!device) {
    device = await here.now().device("phone");
    devices.set(who, device);
    if (who) {
      const page = await device.newPage();
      await signIn(page, here.now().account(who));
      await page.close();
    }
  }
  return device;
}

/** An event that its planner can change, and everybody can see and register for. */
let event = "";
let session = "";
beforeAll(async () => {
  const page = await (await deviceOf("scheduler")).newPage();
  await planned(page, "每一页都看得到的讲座", "成富");
  event = await published(page);
  const shown = await page.request.get(`/api/v1/events/${event}`);
  session = String(((await shown.json()) as { sessions: { id: number }[] }).sessions[0]!.id);
  await registrable(page, 40);
  await page.close();
});

async function opened(page: Page, pattern: string): Promise<void> {
  if (/^\/(events|calendar)\/:id/.test(pattern)) await page.goto(pattern.replace(":id(\\d+)", event));
  else if (/^\/(door|sheet)\/:id/.test(pattern)) await page.goto(pattern.replace(":id(\\d+)", session));
  else if (pattern.includes(":id")) {
    const list = pattern.slice(0, pattern.indexOf("/:id"));
    await page.goto(list);
    const first = page.locator(`main a[href^="${list}/"]`).first();
    await page.goto((await first.getAttribute("href"))!);
  } else await page.goto(pattern.startsWith("/:rest") ? "/nowhere" : pattern);
  // Not by its role: what opens over a page hides the page from roles.
  await page.locator("h1").first().waitFor({ state: "attached" });
  await page.waitForLoadState("networkidle");
}

describe.each(PAGES)("as $who", ({ who, pages }) => {
  test.each(pages)(
    "%s reads, fits and complains of nothing, at both sizes and in every text mode",
    async (pattern) => {
      const page = await (await deviceOf(who)).newPage();
      const found: string[] = [];
      for (const [device, text] of LOOKS) {
        await page.setViewportSize(
          device === "phone" ? { width: 390, height: 844 } : { width: 1440, height: 900 },
        );
        await page.addInitScript(
          (mode) => location.protocol.startsWith("http") && localStorage.setItem("kepu.text", mode),
          text,
        );
        await opened(page, pattern);
        found.push(...(await faultsOf(page, text)).map((fault) => `${device}, ${text}: ${fault}`));
      }
      await page.close();
      expect(found).toEqual([]);
    },
  );
});
