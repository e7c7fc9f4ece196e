import { describe, expect, it } from "vitest";
import en from "../../src/i18n/en/problems";
import moves from "../../src/i18n/zh/moves";
import zh from "../../src/i18n/zh/problems";
import work from "../../src/i18n/zh/work";
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

/** Whether the server says this code, as a refusal or as a fault. */
const heard = (kind: "refusal" | "fault", code: string) =>
  codes.some((one) => one.code === code && (one.kind === kind || one.kind === "either"));

/** Sentences by the kind of an answer, of an answer that cannot be read, and of `not_now` with what else it says. */
const OWN = /^(status_\d{3}|unreadable|retry_in|not_now_(held|state))$/;

function orphans(words: Record<string, string>): string[] {
  return Object.keys(words).filter(
    (key) =>
      !OWN.test(key) && !(key.startsWith("fault_") ? heard("fault", key.slice(6)) : heard("refusal", key)),
  );
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

  it("are all that a sentence stands for: none is left of a code that is gone", () => {
    expect(orphans(zh)).toEqual([]);
    expect(orphans(en)).toEqual([]);
  });

  it("and so are those that a move or a call tells in its own words", () => {
    const told = [...Object.keys(moves), ...Object.keys(work)].filter((key) => key.startsWith("refused_"));
    expect(told.length).toBeGreaterThan(0);
    expect(told.filter((key) => !heard("refusal", key.slice("refused_".length)))).toEqual([]);
  });

  it("each have a sentence in Chinese", () => {
    expect(wordless(zh)).toEqual([]);
  });

  it("each have a sentence in English", () => {
    expect(wordless(en)).toEqual([]);
  });
});
