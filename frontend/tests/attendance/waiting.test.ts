import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { checkIn, device, sendWaiting, waiting } from "../../src/attendance/waiting";
import { doorIsOpen, readLink, WAITING } from "../../src/attendance/wire";
import { sayPersons } from "../../src/attendance/counts";
import { loadWords } from "../../src/i18n";

const scan = (session: number, ago = 0) => ({ session, code: "482913", heads: 2, at: Date.now() - ago });
const answers = (status: number, body: object) =>
  Promise.resolve(
    new Response(JSON.stringify(body), {
      status,
      headers: { "Content-Type": status < 400 ? "application/json" : "application/problem+json" },
    }),
  );
const counted = { event_id: 1, title: "讲座", starts_at: "", ends_at: "", heads: 2, before: false };
const sent: { url: string; body: Record<string, unknown> }[] = [];
let answer: () => Promise<Response>;

beforeEach(() => {
  sent.length = 0;
  answer = () => answers(200, counted);
  vi.stubGlobal("fetch", async (request: Request) => {
    sent.push({ url: request.url, body: (await request.clone().json()) as Record<string, unknown> });
    return answer();
  });
});
afterEach(async () => {
  answer = () => answers(200, counted);
  await sendWaiting();
  vi.unstubAllGlobals();
});

describe("a check-in", () => {
  it("is sent at once, and nothing waits", async () => {
    expect((await checkIn(scan(7))).kind).toBe("done");
    expect(sent[0]!.url).toMatch(/\/api\/v1\/sessions\/7\/check_in$/);
    expect(sent[0]!.body).toEqual({ code: "482913", heads: 2, device: device(), waited_seconds: 0 });
    expect(device()).toMatch(/^[0-9a-f]{32}$/);
    expect(await waiting()).toEqual([]);
    expect(localStorage.getItem(WAITING)).toBeNull();
  });

  it("waits where nothing comes back, and says later for how long it waited", async () => {
    answer = () => Promise.reject(new TypeError("no network"));
    expect((await checkIn(scan(7, 3_600_000))).kind).toBe("kept");
    expect((await waiting()).map((one) => one.session)).toEqual([7]);
    expect(localStorage.getItem(WAITING)).toBe("1");
    answer = () => answers(200, counted);
    expect((await sendWaiting()).map((one) => one.kind)).toEqual(["done"]);
    expect(sent.map((one) => one.body.waited_seconds)).toEqual([3600, 3600]);
    expect(await waiting()).toEqual([]);
    expect(localStorage.getItem(WAITING)).toBeNull();
  });

  it.each([401, 429, 500, 503])("waits where the server says %i", async (status) => {
    answer = () => answers(status, { code: "busy", status, title: "", detail: "" });
    expect((await checkIn(scan(7))).kind).toBe("kept");
    expect(await waiting()).toHaveLength(1);
  });

  it.each([404, 409, 422])("does not wait where the server says %i: that helps nobody", async (status) => {
    answer = () => answers(status, { code: "code_not_valid", status, title: "", detail: "" });
    const outcome = await checkIn(scan(7));
    expect(outcome.kind).toBe("refused");
    expect(await waiting()).toEqual([]);
  });

  it("of one session waits once, with the newest code", async () => {
    answer = () => Promise.reject(new TypeError("no network"));
    await checkIn(scan(7));
    await checkIn({ ...scan(7), code: "000111" });
    await checkIn(scan(8));
    expect((await waiting()).map((one) => [one.session, one.code])).toEqual([
      [7, "000111"],
      [8, "482913"],
    ]);
  });
});

describe("a door", () => {
  it("is open from an hour before the start until half an hour after the end", () => {
    const session = { starts_at: "2026-12-01T01:00:00Z", ends_at: "2026-12-01T03:00:00Z" };
    const open = (at: string) => doorIsOpen(session, Date.parse(at));
    expect(
      ["2026-11-30T23:59:59Z", "2026-12-01T00:00:00Z", "2026-12-01T03:29:59Z", "2026-12-01T03:30:00Z"].map(
        open,
      ),
    ).toEqual([false, true, true, false]);
  });

  it("has a link with its number and its code, and takes no other for one", () => {
    expect(readLink("#12.004913")).toEqual({ session: 12, code: "004913" });
    for (const hash of ["", "#12", "#12.4913", "#x.482913", "#12.482913.1"])
      expect(readLink(hash)).toBeNull();
  });
});

describe("persons", () => {
  it("are said as they are known", async () => {
    await loadWords(["attendance"]);
    expect(sayPersons({ at_least: 4, at_most: 4 })).toBe("4 个人");
    expect(sayPersons({ at_least: 30, at_most: 46 })).toBe("30 到 46 个人（有的人可能来了不止一场）");
  });
});
