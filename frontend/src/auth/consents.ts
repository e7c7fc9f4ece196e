// The text on personal data: read once, shown where somebody consents to it.

import { ask } from "@/api/coming";
import { taken } from "@/api/client";
import type { CurrentConsent } from "./wire";

let reading: Promise<CurrentConsent> | null = null;

/** The text that holds now, and its version to consent to. */
export function currentConsent(): Promise<CurrentConsent> {
  reading ??= taken(ask<CurrentConsent>("/api/v1/consents/current")).catch((error: unknown) => {
    reading = null;
    throw error;
  });
  return reading;
}
