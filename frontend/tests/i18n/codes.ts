// The stable codes of the server, as its sources name them.

import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const SOURCES = join(__dirname, "../../../src");

/** What no client ever hears: the command line, loading and copying at start, and proofs. */
const UNHEARD =
  /^(seed|cli|demo|backup|server)\/|^db\/(migrate|copy|server_url)|^openapi\.rs|^web\/metrics|(^|\/)(tests?|fixture)(\/|\.rs)/;

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return entry.name.endsWith(".rs") && !UNHEARD.test(relative(SOURCES, path)) ? [path] : [];
  });
}

/** A code, where it stands, and what it is of: a refusal, a fault of input, or one of the two. */
export type Code = { code: string; kind: "refusal" | "fault" | "either"; file: string };

const CODE = '"([a-z][a-z0-9_]*)"';
const PATTERNS: { kind: Code["kind"]; pattern: RegExp }[] = [
  // Refusal::new(Kind::Conflict, "not_now", …)
  { kind: "refusal", pattern: new RegExp(`\\bKind::\\w+,\\s*${CODE}`, "g") },
  // faults.add("/phone", "missing", …), also with a pointer made by format!
  { kind: "fault", pattern: new RegExp(`\\bfaults?\\.add\\([^;]*?,\\s*${CODE},`, "g") },
  // Refusal::fault("/role", "does_not_fit", …), Refusal::query("until", "too_long", …) and helpers of these names
  { kind: "fault", pattern: new RegExp(`\\b(?:fault|query)\\((?:[^;()]|\\([^()]*\\))*?,\\s*${CODE},`, "g") },
  // Fault { pointer, code: "unreadable".to_owned(), … }
  { kind: "fault", pattern: new RegExp(`\\bcode: ${CODE}\\.(?:to_owned|into)`, "g") },
  // conflict("grant_over", "This grant is over."): any code that a sentence follows, whatever helper takes them
  {
    kind: "either",
    pattern: new RegExp(`${CODE},\\s*(?:&?format!\\(\\s*)?"[A-Z县][^"]*[.:?](?:\\{[^"]*)?"`, "g"),
  },
];

/** The codes of an enum that names its own: fn code(self) -> &'static str { match self { … => "too_short" } } */
function ofEnums(text: string): string[] {
  return [...text.matchAll(/fn code\(self\)[^{]*\{([\s\S]*?)\n {4}\}/g)].flatMap(([, body]) =>
    [...(body ?? "").matchAll(/=>\s*"(\w+)"/g)].map(([, code]) => code ?? ""),
  );
}

/** Not codes of refusals, though they look like them: names of measures. */
const NO_CODES = new Set(["database_bytes", "outbox_waiting", "wal_bytes", "writer_queue"]);

export function serverCodes(): Code[] {
  return files(SOURCES).flatMap((path) => {
    const file = relative(SOURCES, path);
    // Comments speak of codes too; a file's own proofs stand at its end (a proof in a file of its own stands anywhere).
    const [own = ""] = readFileSync(path, "utf8").split(/#\[cfg\(test\)\]\s*mod \w+ \{/);
    const text = own.replace(/^\s*\/\/.*$/gm, "");
    const found = PATTERNS.flatMap(({ kind, pattern }) =>
      [...text.matchAll(pattern)].map(([, code]) => ({ code: code ?? "", kind, file })),
    );
    const named = ofEnums(text).map((code) => ({ code, kind: "either" as const, file }));
    return [...found, ...named].filter(({ code }) => !NO_CODES.has(code));
  });
}
