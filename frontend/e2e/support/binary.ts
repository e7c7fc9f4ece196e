// The real binary, with a clock that is ours to move.

import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";

export type Account = {
  role: string;
  organisation: string | null;
  division_code: string;
  login: string;
  password: string;
};

/** The binary under test; `scripts/test-frontend` names it. */
export function binary(): string {
  const path = process.env.KEPU_BINARY ?? new URL("../../../target/debug/kepu", import.meta.url).pathname;
  if (!existsSync(path))
    throw new Error(`${path} is missing: run make test, or cargo build and set KEPU_BINARY.`);
  return path;
}

function faketime(): string {
  for (const folder of readdirSync("/usr/lib").filter((name) => name.includes("-linux-gnu"))) {
    const path = `/usr/lib/${folder}/faketime/libfaketimeMT.so.1`;
    if (existsSync(path)) return path;
  }
  throw new Error("libfaketime is missing: run make setup.");
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const port = (server.address() as { port: number }).port;
  await new Promise((done) => server.close(done));
  return port;
}

/** The demo, served from a folder. */
export class Serving {
  readonly url: string;
  private readonly child: ChildProcess;
  private readonly clock: string;
  private ahead = 0;

  private constructor(url: string, child: ChildProcess, clock: string) {
    this.url = url;
    this.child = child;
    this.clock = clock;
  }

  static async start(folder: string): Promise<Serving> {
    const clock = join(folder, "clock");
    writeFileSync(clock, "+0");
    const listen = `127.0.0.1:${await freePort()}`;
    const child = spawn(binary(), ["serve", "--demo"], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        KEPU_LISTEN: listen,
        LD_PRELOAD: faketime(),
        FAKETIME_TIMESTAMP_FILE: clock,
        FAKETIME_NO_CACHE: "1",
        // Time-outs and rests are real; only the time of day is ours.
        FAKETIME_DONT_FAKE_MONOTONIC: "1",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const told: string[] = [];
    createInterface({ input: child.stderr! }).on("line", (line) => told.push(line));
    await new Promise<void>((ready, failed) => {
      child.once("exit", (code) => failed(new Error(`kepu stopped with ${code}:\n${told.join("\n")}`)));
      createInterface({ input: child.stdout! }).on("line", (line) => {
        told.push(line);
        if (line.includes("kepu serves at")) ready();
      });
    });
    return new Serving(`http://${listen}`, child, clock);
  }

  /** Moves the server's clock on. */
  advance(minutes: number): void {
    this.ahead += minutes * 60;
    writeFileSync(this.clock, `+${this.ahead}s`);
  }

  /** What the server's clock says. */
  now(): number {
    return Date.now() + this.ahead * 1000;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const gone = new Promise((done) => this.child.once("exit", done));
    this.child.kill("SIGTERM");
    await gone;
  }
}
