// The demo is made once; each file of journeys gets a copy.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { binary, Serving } from "./binary";

declare module "vitest" {
  interface ProvidedContext {
    seeded: string;
  }
}

export default async function seed(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "kepu-e2e-"));
  const serving = await Serving.start(folder);
  await serving.stop();
  writeFileSync(join(folder, "accounts.json"), execFileSync(binary(), ["demo-accounts"], { cwd: folder }));
  project.provide("seeded", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
