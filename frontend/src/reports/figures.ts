// Numbers of a report as they are said, and where they lead.

import type { RouteLocationRaw } from "vue-router";
import { t } from "@/i18n";
import { sayNumber } from "@/i18n/dates";
import type { Filter, Wait } from "./reading";

/** The list of exactly the orders that a number counts. */
export function ordersBehind(filter: Filter): RouteLocationRaw {
  const set = Object.entries(filter).filter(([, value]) => value !== null && value !== undefined);
  const query = Object.fromEntries(set.map(([name, value]) => [name, String(value)]));
  return { name: "work", query };
}

/** 3个工作日; within a day, in hours. */
export function sayWait(wait: Wait | null | undefined): string {
  if (!wait) return t("reports.no_wait");
  if (wait.working_days >= 1) return t("reports.wait_days", { n: wait.working_days });
  return wait.hours >= 1 ? t("reports.wait_hours", { n: wait.hours }) : t("reports.wait_under_hour");
}

/** 400; 12.5; with its unit. */
export function sayValue(value: number, unit: string): string {
  const gap = /^[A-Za-z]/.test(unit) ? " " : "";
  return `${sayNumber(value)}${gap}${unit}`;
}
