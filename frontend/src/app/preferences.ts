// The text size and the language: on this device at once, and with the account of whoever is signed in.

import { api, versioned } from "@/api/client";
import { asProblem } from "@/api/problem";
import { language, speak } from "@/i18n";
import { loadMe, me, meEtag } from "./session";
import { setTextMode, textMode } from "./settings";

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
  const mine = me.value;
  if (!mine || mine.must_change_password) return;
  if (mine.text_mode === textMode.value && mine.language === language.value) return;
  try {
    const { body, etag } = await versioned(
      api.POST("/api/v1/me/preferences", {
        params: { header: { "If-Match": meEtag.value } },
        body: { text_mode: textMode.value, language: language.value },
      }),
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
  const mine = me.value;
  if (!mine) return;
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
