import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { world } from "./support/world";

const here = world();

test("a first visit to the home page costs at most 100 kB of compressed bodies", async () => {
  const page = await here.now().visitor("phone");
  const sizes: Promise<[string, number]>[] = [];
  page.on("response", (response) => {
    if (response.status() !== 200) return;
    sizes.push(
      response.body().then((body) => {
        const compressed = response.headers()["content-encoding"] !== undefined;
        // What the server sends plain is counted plain.
        return [
          new URL(response.url()).pathname,
          compressed ? gzipSync(body, { level: 9 }).length : body.length,
        ] as [string, number];
      }),
    );
  });
  await page.goto("/");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForLoadState("networkidle");
  const all = await Promise.all(sizes);
  const total = all.reduce((sum, [, size]) => sum + size, 0);
  expect(all.length).toBeGreaterThan(3);
  expect(total, all.map(([path, size]) => `${size} ${path}`).join("\n")).toBeLessThanOrEqual(100_000);
});
