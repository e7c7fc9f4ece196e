// The text size and the language: on this device at once, and with the account of whoever is signed in.

import { tell } from "@/api/coming";
import { versioned } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { Preferences } from "@/auth/wire";
import { language, speak } from "@/i18n";
import { loadMe, me, meEtag, type Me } from "./session";
import { setTextMode, textMode } from "./settings";

type Kept = Me & Partial<Preferences>;

/** Whether a visitor chose here and now: that choice then outlives the sign-in. */
let chosenBeforeSignIn = false;
let soon: ReturnType<typeof setTimeout> | undefined;

/** Keeps them with the account, where there is one; on this device they are kept already. */
export function keepPreferences(): void {
  if (!me.value) {
    chosenBeforeSignIn = true;
    return;
  }
  // The button is pressed several times on the way to the wanted size.
  clearTimeout(soon);
  soon = setTimeout(() => void send(), 800);
}

async function send(again = true): Promise<void> {
  const mine = me.value as Kept | null | undefined;
  if (!mine || mine.must_change_password) return;
  if (mine.text_mode === textMode.value && mine.language === language.value) return;
  try {
    const wanted: Preferences = { text_mode: textMode.value, language: language.value };
    const { body, etag } = await versioned(
      tell<Me>("/api/v1/me/preferences", wanted, { etag: meEtag.value }),
    );
    me.value = body;
    meEtag.value = etag;
  } catch (error) {
    // Another device changed the account meanwhile. Any other failure: this device keeps them, the account its own.
    if (again && asProblem(error).status === 412) {
      await loadMe();
      await send(false);
    }
  }
}

/** After signing in: the page looks as the account has it, unless the person has just chosen otherwise. */
export async function takePreferences(): Promise<void> {
  const mine = me.value as Kept | null | undefined;
  if (!mine?.text_mode || !mine.language) return;
  if (chosenBeforeSignIn) {
    chosenBeforeSignIn = false;
    return send();
  }
  setTextMode(mine.text_mode);
  await speak(mine.language);
}

/** After signing up: the new account begins as this device looks. */
export function givePreferences(): Promise<void> {
  chosenBeforeSignIn = false;
  return send();
}
