/** A refusal as the API tells it (RFC 9457). */
export type ProblemBody = {
  code: string;
  status: number;
  title: string;
  detail: string;
  errors?: { pointer: string; code: string; detail: string }[];
  request_id?: string;
  state?: string;
  version?: number;
  holder?: { kind: string; name: string };
  retry_after?: number;
};

/** Why something did not happen. `code` decides; the sentence comes from the dictionary. */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly body: ProblemBody;

  constructor(body: ProblemBody) {
    super(body.detail || body.code);
    this.name = "Problem";
    this.code = body.code;
    this.status = body.status;
    this.body = body;
  }

  /** Nothing was sent or nothing came back: worth trying again with the same key. */
  get isOffline(): boolean {
    return this.code === "offline";
  }

  /** Somebody else was faster: look again. */
  get isStale(): boolean {
    return this.status === 412 || this.status === 409;
  }
}

/** Any failure as a problem, so that one place can tell it. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem({ code: "unexpected", status: 0, title: "", detail: String(error) });
}
