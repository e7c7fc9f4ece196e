// The text on personal data that one consents to, in the reader's language.

import { computed } from "vue";
import type { Schemas } from "@/api/client";
import { currentConsent } from "@/auth/consents";
import { useLoad } from "@/ui/use-load";
import { language } from "@/i18n";

export type ConsentSection = Schemas["NoticeSection"];

export function useConsentText() {
  const loaded = useLoad(currentConsent);
  return { ...loaded, text: computed(() => loaded.data.value?.[language.value]) };
}
