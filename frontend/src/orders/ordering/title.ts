// The title that a card fills in, and whether somebody wrote one of their own: that is never overwritten.

import { fieldOf, sayField, useFields, type Field } from "@/home/fields";
import { t } from "@/i18n";
import type { Draft } from "./draft";

export function titleOf(field: Field): string {
  return t(field.kind === "field" ? "ordering.title_of" : "ordering.title_form", { field: sayField(field) });
}

/** Whether the title is neither empty nor filled in by a card or an example. */
export function isOwnTitle(draft: Pick<Draft, "title" | "field">): boolean {
  const title = draft.title.trim();
  if (!title) return false;
  const filled = fieldOf(draft.field);
  if (filled && (title === titleOf(filled) || filled.examples.includes(title))) return false;
  return !useFields().forms.value.some((form) => title === titleOf(form));
}
