// A world for one file of journeys: a server of its own with the demo's people, a browser, and whoever takes part.

import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject } from "vitest";
import { Serving, type Account } from "./binary";

export type Device = "phone" | "desk";
export type Text = "standard" | "large" | "largest";

const SIZES = { phone: { width: 390, height: 844 }, desk: { width: 1440, height: 900 } };

/** What a person's page complained of: errors in the console, errors of scripts, violations of the policy. */
export class Complaints {
  readonly all: string[] = [];

  of(page: Page): void {
    page.on("pageerror", (error) => this.all.push(`script: ${error.message}`));
    page.on("console", (message) => {
      // A refusal that the page tells in words is also a line of the browser's own; a page that is just looked at has none.
      if (message.type() === "error") this.all.push(`console: ${message.text()}`);
    });
  }

  /** Those beside refusals with these statuses, which the journey meant to meet. */
  beside(...statuses: number[]): string[] {
    return this.all.filter(
      (line) =>
        !statuses.some((status) => line.includes(`status of ${status}`)) &&
        !line.includes("net::ERR_INTERNET_DISCONNECTED"),
    );
  }
}

export class World {
  private constructor(
    readonly server: Serving,
    readonly browser: Browser,
    readonly accounts: Account[],
    private readonly folder: string,
  ) {}

  readonly complaints = new Complaints();

  static async start(): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), "kepu-world-"));
    cpSync(inject("seeded"), folder, { recursive: true });
    const server = await Serving.start(folder);
    const executablePath = process.env.KEPU_CHROMIUM ?? "/usr/bin/chromium";
    const args = [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ];
    const browser = await chromium.launch({ executablePath, args });
    return new World(
      server,
      browser,
      JSON.parse(readFileSync(join(folder, "accounts.json"), "utf8")) as Account[],
      folder,
    );
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The first account of a role, of an organisation whose name holds a word where one is given. */
  account(role: string, organisation = ""): Account {
    const found = this.accounts.find(
      (one) => one.role === role && (one.organisation ?? "").includes(organisation),
    );
    if (!found) throw new Error(`the demo has no ${role} of ${organisation}`);
    return found;
  }

  /** A browser of one's own, as on a device that was never here. */
  async device(
    device: Device,
    text: Text = "standard",
    language: "zh" | "en" = "zh",
  ): Promise<BrowserContext> {
    const context = await this.browser.newContext({
      baseURL: this.server.url,
      viewport: SIZES[device],
      hasTouch: device === "phone",
      isMobile: device === "phone",
      locale: "zh-CN",
      timezoneId: "Asia/Shanghai",
    });
    context.setDefaultTimeout(20_000);
    await context.addInitScript(
      ([text, language]) => {
        // An empty page has no storage.
        if (!location.protocol.startsWith("http")) return;
        if (localStorage.getItem("kepu.text") === null) localStorage.setItem("kepu.text", text!);
        if (localStorage.getItem("kepu.language") === null) localStorage.setItem("kepu.language", language!);
      },
      [text, language],
    );
    context.on("page", (page) => this.complaints.of(page));
    return context;
  }

  /** Somebody at a device, not signed in. */
  async visitor(device: Device, text: Text = "standard"): Promise<Page> {
    return (await this.device(device, text)).newPage();
  }

  /** Somebody signed in through the form. */
  async signedIn(account: Account, device: Device, text: Text = "standard"): Promise<Page> {
    const page = await this.visitor(device, text);
    await signIn(page, account);
    return page;
  }
}

export async function signIn(page: Page, account: Account): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("手机号或用户名").fill(account.login);
  await page.locator("#password").fill(account.password);
  await page.getByRole("main").getByRole("button", { name: "登录" }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

/** A world for the tests of this file. What its pages complained of fails the file, beside the statuses it meant to meet. */
export function world(...met: number[]): { now: () => World } {
  let here: World | undefined;
  beforeAll(async () => {
    here = await World.start();
  });
  afterAll(async () => {
    const complaints = here?.complaints.beside(...met) ?? [];
    await here?.stop();
    expect(complaints).toEqual([]);
  });
  return {
    now: () => {
      if (!here) throw new Error("the world has not started");
      return here;
    },
  };
}
