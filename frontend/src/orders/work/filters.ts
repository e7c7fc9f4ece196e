// What of the work is shown. It lives in the address, so that it can be shared and the back button works; what the address
// leaves out is the seat's own: an officer begins with their department, a leader with their team.

import type { LocationQuery, LocationQueryRaw } from "vue-router";
import type { Grant, Role } from "@/app/session";
import { STATES, type Item, type State } from "./wire";

export type Filters = {
  /** `todo`: what waits for this seat. */
  state: State | "todo" | "all";
  q: string;
  division: string | null;
  department: number | null;
  team: number | null;
  overdue: boolean;
  urgent: boolean;
  /** What a figure of a report stands for, as its link names it; there is no field for these. */
  figure: Record<string, string>;
};

/** The API's filters that only links of reports carry. */
export const OF_A_FIGURE = [
  "as_role",
  "open",
  "only_here",
  "without_department",
  "plan_item_id",
  "outside_plan",
  "held",
] as const;

type Seat = Pick<Grant, "role" | "organisation"> | null;

const one = (value: LocationQuery[string] | undefined): string =>
  (Array.isArray(value) ? value[0] : value)?.trim() ?? "";

const WITH_WORK: readonly Role[] = ["dispatcher", "scheduler", "officer", "leader", "supervisor"];

/** Whether this seat has a list of its own of what waits. */
export const hasTodo = (seat: Seat): boolean => seat !== null && WITH_WORK.includes(seat.role);

const ownDepartment = (seat: Seat) => (seat?.role === "officer" ? (seat.organisation?.id ?? null) : null);
const ownTeam = (seat: Seat) => (seat?.role === "leader" ? (seat.organisation?.id ?? null) : null);

function number(value: string, own: number | null): number | null {
  if (value === "all") return null;
  return /^\d{1,15}$/.test(value) ? Number(value) : own;
}

export function readFilters(query: LocationQuery, address: Seat): Filters {
  const state = one(query.state);
  const division = one(query.division);
  const figure = Object.fromEntries(
    OF_A_FIGURE.map((name) => [name, one(query[name])]).filter(([, value]) => value),
  ) as Record<string, string>;
  // A figure counts what it says, whatever seat looks at it.
  const seat = Object.keys(figure).length ? null : address;
  return {
    state:
      state === "all" || (STATES as readonly string[]).includes(state)
        ? (state as State | "all")
        : hasTodo(seat)
          ? "todo"
          : "all",
    q: one(query.q),
    division: /^\d{12}$/.test(division) ? division : null,
    department: number(one(query.department_id), ownDepartment(seat)),
    team: number(one(query.team_id), ownTeam(seat)),
    overdue: one(query.overdue) === "true",
    urgent: one(query.urgent) === "true",
    figure,
  };
}

/** The address of these filters: what is the seat's own is left out. */
export function writeFilters(filters: Filters, address: Seat): LocationQueryRaw {
  const query: LocationQueryRaw = { ...filters.figure };
  const seat = Object.keys(filters.figure).length ? null : address;
  if (filters.state !== (hasTodo(seat) ? "todo" : "all")) query.state = filters.state;
  if (filters.q) query.q = filters.q;
  if (filters.division) query.division = filters.division;
  if (filters.department !== ownDepartment(seat)) query.department_id = String(filters.department ?? "all");
  if (filters.team !== ownTeam(seat)) query.team_id = String(filters.team ?? "all");
  if (filters.overdue) query.overdue = "true";
  if (filters.urgent) query.urgent = "true";
  return query;
}

/** How many filters beside the state and the words differ from where the seat begins. */
export function countFilters(filters: Filters, seat: Seat): number {
  const { division, department, team, overdue, urgent, figure } = filters;
  return [
    division,
    department !== ownDepartment(seat),
    team !== ownTeam(seat),
    overdue,
    urgent,
    ...Object.keys(figure),
  ].filter(Boolean).length;
}

export type Asked = {
  state?: State;
  division?: string;
  department_id?: number;
  team_id?: number;
  overdue?: boolean;
  urgent?: boolean;
  q?: string;
};

/** What the API is asked, the state left out. */
export function asked(filters: Filters): Asked {
  const found: Asked = { ...filters.figure };
  // One character finds nothing; the list waits for the second.
  if ([...filters.q].length > 1) found.q = filters.q;
  if (filters.division) found.division = filters.division;
  if (filters.department !== null) found.department_id = filters.department;
  if (filters.team !== null) found.team_id = filters.team;
  if (filters.overdue) found.overdue = true;
  if (filters.urgent) found.urgent = true;
  return found;
}

type Part = { ask: Asked; keep: (item: Item) => boolean };
const can =
  (...verbs: Item["moves"]) =>
  (item: Item) =>
    verbs.some((verb) => item.moves.includes(verb));
const any = () => true;

/** What waits for a seat: a few questions to the API, and which of the answers count. */
export function todo(filters: Filters, seat: Seat): Part[] {
  const rest = asked(filters);
  // An order that is offered to a team, or that is accepted for a department (代领), stands under no own department or team.
  const wide = { ...rest, department_id: undefined, team_id: undefined };
  switch (seat?.role) {
    case "dispatcher":
      return [
        { ask: { ...rest, state: "submitted" }, keep: any },
        { ask: { ...rest, state: "disputed" }, keep: can("settle") },
      ];
    case "officer":
      return [
        { ask: { ...wide, state: "dispatched" }, keep: can("accept") },
        { ask: { ...rest, state: "accepted" }, keep: can("offer", "open", "answer") },
        { ask: { ...rest, state: "scheduled" }, keep: can("fulfil") },
      ];
    case "leader":
      return [
        { ask: { ...wide, state: "accepted" }, keep: can("decline") },
        { ask: { ...rest, state: "claimed" }, keep: any },
        { ask: { ...rest, state: "scheduled" }, keep: any },
      ];
    case "scheduler":
      return [{ ask: { ...rest, state: "claimed" }, keep: any }];
    case "supervisor":
      return [
        { ask: { ...rest, state: "disputed" }, keep: can("settle") },
        { ask: { ...rest, overdue: true }, keep: any },
      ];
    default:
      return [{ ask: rest, keep: any }];
  }
}

/** The most pressing first: late, urgent, the nearest deadline, the oldest. */
export function byPressure(a: Item, b: Item): number {
  const due = (item: Item) => (item.due_at ? Date.parse(item.due_at) : Infinity);
  return (
    Number(b.late) - Number(a.late) ||
    Number(b.urgent) - Number(a.urgent) ||
    (due(a) === due(b) ? 0 : due(a) - due(b)) ||
    a.id - b.id
  );
}
