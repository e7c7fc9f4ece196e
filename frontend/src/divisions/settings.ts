// The settings of a county and of the installation, and the year's holidays.

import { api, taken, versioned, type Schemas } from "@/api/client";

export type Deadline = Schemas["StageDeadline"];
export type Unit = Schemas["DeadlineUnit"];
export type Holiday = Schemas["HolidayView"];

export const readSettings = () => versioned(api.GET("/api/v1/settings"));
export const readPlatform = () => taken(api.GET("/api/v1/platform-settings"));
export const changeSettings = (body: Schemas["SettingsChange"], etag: string) =>
  versioned(api.POST("/api/v1/settings/change", { params: { header: { "If-Match": etag } }, body }));
// Everybody's list may be five minutes old; whoever keeps it must not save what is.
export const readHolidays = (year: number) =>
  taken(api.GET("/api/v1/holidays", { params: { query: { year } }, cache: "no-store" })).then(
    (page) => page.items,
  );
export const replaceHolidays = (year: number, days: Holiday[], etag: string) =>
  versioned(
    api.POST("/api/v1/holidays/replace", {
      params: { header: { "If-Match": etag } },
      body: { year, days },
    }),
  );
