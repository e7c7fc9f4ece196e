// The reports, and what they answer.

import { api, taken, type Schemas } from "@/api/client";
import type { operations } from "@/api/schema";

export type AsRole = Schemas["AsRole"];
/** Parameters of the list of orders that show exactly what a number counts. */
export type Filter = Schemas["OrdersFilter"];
export type Cell = Schemas["Cell"];
export type StageCell = Schemas["StageCell"];
export type Stage = Schemas["StageRow"];
export type Wait = Schemas["Wait"];
export type Unmet = Schemas["Unmet"];
export type Work = Schemas["WorkReport"];
export type PlanItem = Schemas["Item"];
export type ReportedTarget = Schemas["TargetReport"];
type UnmetQuery = NonNullable<operations["report_unmet"]["parameters"]["query"]>;

export const readWaiting = (as_role: AsRole) =>
  taken(api.GET("/api/v1/reports/waiting", { params: { query: { as_role } } }));
export const readPlanReport = (plan?: string) =>
  taken(api.GET("/api/v1/reports/plan", { params: { query: { plan } } }));
export const readUnmet = (query: UnmetQuery) =>
  taken(api.GET("/api/v1/reports/unmet", { params: { query } }));
