import { mergeConfig } from "vitest/config";
import base from "./vitest.config.ts";

// The README's pictures: `scripts/screenshots`.
const shots = mergeConfig(base, {});
shots.test!.include = ["e2e/screenshots.ts"];
export default shots;
