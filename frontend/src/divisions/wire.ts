// The settings of a county and of the installation, and the year's holidays.

import { ask, tell } from "@/api/coming";
import { taken, versioned, type Schemas } from "@/api/client";

export type Unit = "working_days" | "hours" | "days";
export type Deadline = { stage: string; urgent: boolean; amount: number; unit: Unit };
export type PlanInForce = { id: number; code: string; title: string; from: string };
export type Settings = {
  county: string;
  name: string;
  time_zone: string;
  phone: string;
  version: number;
  deadlines: Deadline[];
  current_plan: PlanInForce | null;
  next_plan: PlanInForce | null;
};
export type PlatformSettings = {
  version: number;
  budgets: { deed: string; per: string; allowed: number; minutes: number }[];
  retention: { subject: string; months: number }[];
};
export type Holiday = Schemas["HolidayView"];

export const readSettings = () => versioned(ask<Settings>("/api/v1/settings"));
export const readPlatform = () => taken(ask<PlatformSettings>("/api/v1/platform-settings"));
export const changeSettings = (body: { phone?: string; deadlines?: Deadline[] }, etag: string) =>
  versioned(tell<Settings>("/api/v1/settings/change", body, { etag }));
// Everybody's list may be five minutes old; whoever keeps it must not save what is.
export const readHolidays = (year: number) =>
  taken(ask<{ items: Holiday[] }>("/api/v1/holidays", { year }, true)).then((page) => page.items);
export const replaceHolidays = (year: number, days: Holiday[], etag: string) =>
  versioned(tell<{ items: Holiday[] }>("/api/v1/holidays/replace", { year, days }, { etag }));
