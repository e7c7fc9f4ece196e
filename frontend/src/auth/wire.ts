// What the account's routes answer beyond the generated types.

import type { Schemas } from "@/api/client";
import type { TextMode } from "@/app/settings";
import type { Language } from "@/i18n";

export type Preferences = { text_mode: TextMode; language: Language };
export type Device = Schemas["MySession"] & { device?: string | null };
