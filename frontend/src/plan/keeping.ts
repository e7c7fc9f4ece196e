// Keeping the plan and its targets.

import { api, taken, type Schemas } from "@/api/client";

export type Plan = Schemas["PlanView"];
export type Target = Schemas["TargetView"];

// Past what the browser remembers of the public lists: a value just entered stands there at once.
export const readPlans = () => taken(api.GET("/api/v1/plans", { cache: "no-store" }));
export const readTargets = (id: number) =>
  taken(api.GET("/api/v1/plans/{id}/targets", { params: { path: { id: String(id) } }, cache: "no-store" }));
export const setCurrent = (id: number, from: string, key: string) =>
  taken(
    api.POST("/api/v1/plans/{id}/set_current", {
      params: { path: { id: String(id) }, header: { "Idempotency-Key": key } },
      body: { from },
    }),
  );
export const enterValue = (id: number, code: string, body: Schemas["TargetValueEntry"], key: string) =>
  taken(
    api.POST("/api/v1/plans/{id}/targets/{code}/values", {
      params: { path: { id: String(id), code }, header: { "Idempotency-Key": key } },
      body,
    }),
  );
