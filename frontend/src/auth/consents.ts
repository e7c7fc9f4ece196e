// The text on personal data: read once, shown where somebody consents to it.

import { api, taken, type Schemas } from "@/api/client";

let reading: Promise<Schemas["CurrentConsent"]> | null = null;

/** The text that holds now, and its version to consent to. */
export function currentConsent(): Promise<Schemas["CurrentConsent"]> {
  reading ??= taken(api.GET("/api/v1/consents/current")).catch((error: unknown) => {
    reading = null;
    throw error;
  });
  return reading;
}
