// The text on personal data that one consents to, in the reader's language.

import { computed } from "vue";
import type { Schemas } from "@/api/client";
import { currentConsent, type ConsentKind } from "@/auth/consents";
import { useLoad } from "@/ui/use-load";
import { language } from "@/i18n";

export type ConsentSection = Schemas["NoticeSection"];

export function useConsentText(kind?: ConsentKind) {
  const loaded = useLoad(() => currentConsent(kind));
  return { ...loaded, text: computed(() => loaded.data.value?.[language.value]) };
}
