// The text on personal data that one consents to, with its version; read once for all who show it.

import { computed } from "vue";
import { api, taken } from "@/api/client";
import { useLoad } from "@/ui/use-load";
import { language } from "@/i18n";

export type ConsentSection = { key: string; heading: string; text: string };
type ConsentWords = { title: string; sections: ConsentSection[] };
/** `GET /consents/current`, until the generated types know it. */
export type CurrentConsent = { version: string; valid_from: string; zh: ConsentWords; en: ConsentWords };

let reading: Promise<CurrentConsent> | null = null;

function currentConsent(): Promise<CurrentConsent> {
  reading ??= taken(
    api.GET("/api/v1/consents/current" as never) as Promise<{
      data?: CurrentConsent;
      response: Response;
    }>,
  ).catch((error: unknown) => {
    reading = null;
    throw error;
  });
  return reading;
}

export function useConsentText() {
  const loaded = useLoad(currentConsent);
  return { ...loaded, text: computed(() => loaded.data.value?.[language.value]) };
}
