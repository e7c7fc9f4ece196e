// The texts that somebody consents to: each read once, shown where it is consented to.

import { api, taken, type Schemas } from "@/api/client";

/** How personal data is used, how that of a registration is, and what a guardian consents to. */
export type ConsentKind = "notice" | "registration" | "guardian";

const reading = new Map<ConsentKind, Promise<Schemas["CurrentConsent"]>>();

/** The text that holds now, and its version to consent to. */
export function currentConsent(kind: ConsentKind = "notice"): Promise<Schemas["CurrentConsent"]> {
  let asked = reading.get(kind);
  if (!asked) {
    const query = kind === "notice" ? {} : { kind };
    asked = taken(api.GET("/api/v1/consents/current", { params: { query } })).catch((error: unknown) => {
      reading.delete(kind);
      throw error;
    });
    reading.set(kind, asked);
  }
  return asked;
}
