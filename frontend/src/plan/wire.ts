// Keeping the plan and its targets.

import { tell } from "@/api/coming";
import { taken, type Schemas } from "@/api/client";

export type Plan = Schemas["PlanView"];
export type Target = Schemas["TargetView"];

export const setCurrent = (plan: number, from: string, key: string) =>
  taken(tell<Plan>(`/api/v1/plans/${plan}/set_current`, { from }, { key }));
export const enterValue = (plan: number, target: string, value: Schemas["TargetValueView"], key: string) =>
  taken(tell<Target>(`/api/v1/plans/${plan}/targets/${target}/values`, value, { key }));
