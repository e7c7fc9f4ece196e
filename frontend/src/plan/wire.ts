// Keeping the plan and its targets.

import { ask, tell } from "@/api/coming";
import { taken, type Schemas } from "@/api/client";

export type Plan = Schemas["PlanView"];
export type Target = Schemas["TargetView"];

// Past what the browser remembers of the public lists: a value just entered stands there at once.
export const readPlans = () => taken(ask<{ items: Plan[] }>("/api/v1/plans", {}, true));
export const readTargets = (plan: number) =>
  taken(ask<{ items: Target[] }>(`/api/v1/plans/${plan}/targets`, {}, true));
export const setCurrent = (plan: number, from: string, key: string) =>
  taken(tell<Plan>(`/api/v1/plans/${plan}/set_current`, { from }, { key }));
export const enterValue = (plan: number, target: string, value: Schemas["TargetValueView"], key: string) =>
  taken(tell<Target>(`/api/v1/plans/${plan}/targets/${target}/values`, value, { key }));
