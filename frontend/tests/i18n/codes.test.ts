import { describe, expect, it } from "vitest";
import en from "../../src/i18n/en/problems";
import zh from "../../src/i18n/zh/problems";
import { serverCodes } from "./codes";

const codes = serverCodes();

/** Why somebody at a page would read a code instead of a sentence; nothing where they would not. */
function wordless(words: Record<string, string>): string[] {
  const missing = codes.filter(({ code, kind }) => {
    if (kind === "refusal") return !(code in words);
    if (kind === "fault") return !(`fault_${code}` in words);
    return !(code in words) && !(`fault_${code}` in words);
  });
  return [...new Set(missing.map(({ code, kind, file }) => `${kind} ${code} of ${file}`))].sort();
}

describe("the server's refusals", () => {
  it("are found in its sources, so that this proof proves something", () => {
    const found = (kind: string) => new Set(codes.filter((one) => one.kind === kind).map((one) => one.code));
    for (const code of ["not_now", "stale", "locked_out", "wrong_login", "internal"])
      expect(found("refusal")).toContain(code);
    for (const code of ["empty", "no_phone", "looks_like_a_phone", "ends_before_it_starts", "does_not_fit"])
      expect(found("fault")).toContain(code);
    for (const code of ["grants_exclude", "too_simple"]) expect(found("either")).toContain(code);
  });

  it("each have a sentence in Chinese", () => {
    expect(wordless(zh)).toEqual([]);
  });

  it("each have a sentence in English", () => {
    expect(wordless(en)).toEqual([]);
  });
});
