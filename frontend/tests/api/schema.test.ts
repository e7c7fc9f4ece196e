// @vitest-environment node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import openapiTS, { astToString, COMMENT_HEADER } from "openapi-typescript";
import { expect, it } from "vitest";

it(
  "the API's types are those that `npm run types` makes of docs/openapi.json",
  { timeout: 60_000 },
  async () => {
    const made = await openapiTS(pathToFileURL(join(__dirname, "../../../docs/openapi.json")));
    const kept = readFileSync(join(__dirname, "../../src/api/schema.d.ts"), "utf8");
    const same = kept === `${COMMENT_HEADER}${astToString(made)}`;
    expect(same, "src/api/schema.d.ts is stale: run `npm run types`").toBe(true);
  },
);
