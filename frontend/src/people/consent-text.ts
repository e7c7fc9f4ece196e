// The text on personal data that one consents to, in the reader's language.

import { computed } from "vue";
import { currentConsent } from "@/auth/consents";
import type { NoticeText } from "@/auth/wire";
import { useLoad } from "@/ui/use-load";
import { language } from "@/i18n";

export type ConsentSection = NoticeText["sections"][number];

export function useConsentText() {
  const loaded = useLoad(currentConsent);
  return { ...loaded, text: computed(() => loaded.data.value?.[language.value]) };
}
