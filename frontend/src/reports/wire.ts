// What the reports answer.

import { ask } from "@/api/coming";
import { taken, type Schemas } from "@/api/client";

export type State = Schemas["State"];
export type AsRole = "supervisor" | "dispatcher" | "officer";
/** Parameters of the list of orders that show exactly what a number counts. */
export type Filter = Record<string, string | number | boolean>;
export type Figure = { count: number; filter: Filter };
export type Cell = Figure & { late: number; late_filter: Filter | null };
export type StageCell = Cell & { state: State };
export type Wait = { hours: number; working_days: number };
export type Stage = StageCell & { median_wait: Wait | null; longest_wait: Wait | null };

export type TownshipRow = {
  code: string;
  name: string;
  jurisdiction: Schemas["Jurisdiction"];
  is_county: boolean;
  open: Cell;
  stages: StageCell[];
};
export type DepartmentRow = {
  id: number | null;
  name: string | null;
  staffed: boolean | null;
  active: boolean | null;
  open: Cell;
  stages: StageCell[];
};
export type Waiting = {
  as_role: AsRole;
  as_of: string;
  open: Cell;
  unmet: Cell;
  stages: Stage[];
  townships: TownshipRow[];
  departments: DepartmentRow[];
};

export type Unmet = {
  id: number;
  number: string;
  title: string | null;
  summary: string | null;
  audience: Schemas["Audience"];
  attendees: number;
  urgent: boolean;
  division_path: string[];
  jurisdiction: Schemas["Jurisdiction"];
  department: { id: number; name: string } | null;
  plan_task: Schemas["NamedTask"] | null;
  outside_plan: boolean;
  submitted_at: string;
  given_up_at: string;
  reason: string;
  given_up_by_role: Schemas["Role"];
};

export type Work = {
  orders: (Figure & { state: State })[];
  total: Figure;
  held_orders: Figure;
  sessions_held: number;
  attendance: number;
};
export type PlanItem = {
  id: number;
  code: string;
  kind: Schemas["PlanItemKind"];
  parent_code: string | null;
  title: string;
  countable: boolean;
  lead_units: Schemas["UnitView"][];
  responsible_units: Schemas["UnitView"][];
  work: Work | null;
};
export type ReportedTarget = Omit<Schemas["TargetView"], "task_code"> & {
  task_code: string | null;
  latest: Schemas["TargetValueView"] | null;
  counted: { value: number; held_orders: Figure } | null;
};
export type PlanReport = {
  plan: Pick<
    Schemas["PlanView"],
    "id" | "code" | "title" | "first_year" | "last_year" | "current" | "past_term"
  >;
  as_of: string;
  items: PlanItem[];
  outside_plan: Work;
  targets: ReportedTarget[];
};

export const readWaiting = (as_role: AsRole) => taken(ask<Waiting>("/api/v1/reports/waiting", { as_role }));
export const readPlanReport = (plan?: string) => taken(ask<PlanReport>("/api/v1/reports/plan", { plan }));
export const readUnmet = (query: Record<string, string | number | undefined>) =>
  taken(ask<{ items: Unmet[]; next: string | null }>("/api/v1/reports/unmet", query));
