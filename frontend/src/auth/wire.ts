// What the account's routes answer beyond the generated types.

import type { Schemas } from "@/api/client";
import type { TextMode } from "@/app/settings";
import type { Language } from "@/i18n";

export type Preferences = { text_mode: TextMode; language: Language };
export type Device = Schemas["MySession"] & { device?: string | null };

export type NoticeText = { title: string; sections: { key: string; heading: string; text: string }[] };
/** The text on personal data that one consents to. */
export type CurrentConsent = { version: string; valid_from: string; zh: NoticeText; en: NoticeText };
