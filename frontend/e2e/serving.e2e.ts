// How the binary serves the interface that it carries.

import { expect, test } from "vitest";
import { world } from "./support/world";

const here = world();

async function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(here.now().server.url + path, { headers });
}

async function script(): Promise<string> {
  const page = await (await get("/", { Accept: "text/html" })).text();
  return page.match(/src="(\/assets\/index-[^"]+\.js)"/)![1]!;
}

test("the page is asked for each time, its parts once for ever", async () => {
  expect((await get("/")).headers.get("cache-control")).toBe("no-cache");
  expect((await get(await script())).headers.get("cache-control")).toBe(
    "public, max-age=31536000, immutable",
  );
});

test("what has not changed is not sent again", async () => {
  const first = await get("/", { "Accept-Encoding": "gzip" });
  expect(first.headers.get("content-encoding")).toBe("gzip");
  const again = await get("/", { "Accept-Encoding": "gzip", "If-None-Match": first.headers.get("etag")! });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe("");
  // The same page in another coding is another thing to a cache.
  expect(
    (await get("/", { "Accept-Encoding": "br", "If-None-Match": first.headers.get("etag")! })).status,
  ).toBe(200);
});

test("each asks for the coding it can read, and reads the same", async () => {
  const path = await script();
  const [plain, gzip, brotli] = await Promise.all(
    ["identity", "gzip", "br"].map((coding) => get(path, { "Accept-Encoding": coding })),
  );
  expect([plain, gzip, brotli].map((answer) => answer!.headers.get("content-encoding"))).toEqual([
    null,
    "gzip",
    "br",
  ]);
  const [a, b, c] = await Promise.all([plain!.text(), gzip!.text(), brotli!.text()]);
  expect(b).toBe(a);
  expect(c).toBe(a);
});

test("every page stands under the strict policy", async () => {
  const policy = (await get("/work", { Accept: "text/html" })).headers.get("content-security-policy")!;
  for (const part of [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ]) {
    expect(policy).toContain(part);
  }
  expect(policy).not.toContain("unsafe");
});

test("an address that is no page and no part answers a problem", async () => {
  const gone = await get("/assets/gone.js", { Accept: "text/html" });
  expect([gone.status, gone.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
});
