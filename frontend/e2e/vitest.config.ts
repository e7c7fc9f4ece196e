import { defineConfig } from "vitest/config";

// Journeys in a real browser against the real binary; `npm run e2e`, with KEPU_BINARY.
export default defineConfig({
  root: new URL("..", import.meta.url).pathname,
  test: {
    environment: "node",
    include: ["e2e/**/*.e2e.ts"],
    globalSetup: ["e2e/support/seeded.ts"],
    testTimeout: 180_000,
    hookTimeout: 60_000,
    pool: "forks",
    maxWorkers: 2,
  },
});
