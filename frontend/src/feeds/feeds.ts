// Calendars to subscribe to: the public addresses, and one's own secret ones.

import { defineAsyncComponent } from "vue";
import { api, taken, type Schemas } from "@/api/client";
import { ownOrganisers } from "@/events/calendar";
import { loadWords } from "@/i18n";

export type Feed = Schemas["FeedView"];
type WantedFeed = Schemas["WantedFeed"];

/** A calendar that can be chosen: a public one by its path, or one at a secret address. */
export type Choice = { label: string; hint?: string } & ({ path: string } | { secret: WantedFeed });

/** All that an organisation of the reader's plans, for each of them. */
export const ownChoices = (): Choice[] =>
  ownOrganisers().map(({ value, label }) => ({
    label,
    secret: { kind: "organisation", organisation_id: value },
  }));

export const addressOf = (path: string) => `${location.origin}/api/v1${path}`;

/** The same address under the name by which telephones know that it is a calendar. */
export const subscribing = (address: string) => address.replace(/^https?:/, "webcal:");

/** The public calendar of what the page shows. */
export function openPath(shown: { place?: string | null; kind?: string | null }): string {
  const query = new URLSearchParams();
  if (shown.place) query.set("division", shown.place);
  if (shown.kind) query.set("kind", shown.kind);
  return query.size ? `/calendar.ics?${query.toString()}` : "/calendar.ics";
}

/** The one that there is already of a calendar, if any. */
export const there = (feeds: readonly Feed[], wanted: WantedFeed) =>
  feeds.find(
    (feed) =>
      feed.kind === wanted.kind &&
      feed.organisation_id === (wanted.organisation_id ?? null) &&
      feed.venue_id === (wanted.venue_id ?? null),
  );

export const feeds = {
  list: async () => (await taken(api.GET("/api/v1/me/feeds"))).items,
  create: (wanted: WantedFeed, key: string) =>
    taken(api.POST("/api/v1/me/feeds", { params: { header: { "Idempotency-Key": key } }, body: wanted })),
  revoke: async (id: number) =>
    (await taken(api.POST("/api/v1/me/feeds/{id}/revoke", { params: { path: { id } }, body: {} }))).items,
};

/** The sheet, with its words, when somebody asks for it. */
export const SubscribeSheet = defineAsyncComponent(async () => {
  const [sheet] = await Promise.all([import("./SubscribeSheet.vue"), loadWords(["feeds"])]);
  return sheet;
});
