// The campaigns of a year, and what takes place as part of one.

import { api, newKey, taken, versioned, type Schemas } from "@/api/client";
import { me } from "@/app/session";
import { t } from "@/i18n";
import { countyClock, dayOf, momentAt, sayDay } from "@/i18n/dates";

export type Campaign = Schemas["CampaignView"];
export type Entry = Schemas["CampaignEntry"];
export type Activity = Schemas["ActivityView"];

const county = () => me.value?.county ?? undefined;

export const readYear = (year: number) =>
  versioned(api.GET("/api/v1/campaigns", { params: { query: { year, county: county() } } }));

export const replaceYear = (year: number, campaigns: Entry[], etag: string) =>
  versioned(
    api.POST("/api/v1/campaigns/replace", {
      params: { header: { "If-Match": etag, "Idempotency-Key": newKey() } },
      body: { year, campaigns, county: county() },
    }),
  );

export const readActivities = (id: number) =>
  taken(api.GET("/api/v1/campaigns/{id}/activities", { params: { path: { id } } }));

/** The days of a campaign as people say them; one day alone once. */
export function sayDays({ from_day, until_day }: Pick<Entry, "from_day" | "until_day">): string {
  const [from, until] = [from_day, until_day].map((day) => sayDay(momentAt(day, "12:00")));
  return from === until ? from! : t("campaigns.days", { from: from!, until: until! });
}

/** What an event that is planned now can be part of: this year's campaigns that are not over for a month, and the next year's. */
export async function readCurrent(now = Date.now()): Promise<Campaign[]> {
  const { year } = countyClock(now);
  const [these, next] = await Promise.all([readYear(year), readYear(year + 1)]);
  const month = dayOf(now - 31 * 86_400_000);
  return [...these.body.items.filter((one) => one.until_day >= month), ...next.body.items];
}
