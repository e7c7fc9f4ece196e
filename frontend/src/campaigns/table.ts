// A campaign's activities as a table that a spreadsheet opens.

import { t, words } from "@/i18n";
import { sayExactly } from "@/events/say";
import type { Activity } from "./reading";

/** Where an activity is: its venue, or its address, or that it is online. */
export function sayPlace(one: Activity): string {
  if (one.venue) return one.venue;
  if (one.online) return t("events.online");
  return [one.division, one.address].filter(Boolean).join(" ");
}

/** When an activity is; of several sessions from the first to the last. */
export const sayTimes = (one: Activity): string =>
  one.sessions > 1 ? `${sayExactly(one)} ${t("campaigns.sessions_n", { n: one.sessions })}` : sayExactly(one);

/** The columns of the national registration: what, of which kind, when, where, by whom, for whom, how many. */
export const columns = () => [
  { name: t("campaigns.name"), of: (one: Activity) => one.title },
  { name: t("events.kind"), of: (one: Activity) => words(`events.kind_${one.kind}`) ?? one.kind },
  { name: t("campaigns.when"), of: sayTimes },
  { name: t("campaigns.place"), of: sayPlace },
  { name: t("events.who_holds"), of: (one: Activity) => one.organiser?.name ?? "" },
  { name: t("events.for_whom"), of: (one: Activity) => words(`enums.audience_${one.audience}`) ?? "" },
  { name: t("campaigns.expected"), of: (one: Activity) => String(one.expected) },
  { name: t("campaigns.came"), of: (one: Activity) => String(one.attendance ?? "") },
  { name: t("campaigns.standing"), of: (one: Activity) => words(`events.state_${one.state}`) ?? "" },
];

/** A cell that begins like a formula is text to every spreadsheet. */
const cell = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** Comma-separated with a mark of UTF-8 at its beginning, without which Excel misreads Chinese. */
export function asTable(items: readonly Activity[]): string {
  const all = columns();
  const rows = [all.map((one) => one.name), ...items.map((item) => all.map((one) => one.of(item)))];
  return `\uFEFF${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}
