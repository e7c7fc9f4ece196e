import type { Schemas } from "@/api/client";
import { words } from "@/i18n";

export type Person = Schemas["PersonView"];
export type Grant = Schemas["GrantView"];
export type Role = Schemas["Role"];

/** What a person signs in with. */
export const loginOf = (person: Person) => [person.phone, person.user_name].filter(Boolean).join(" · ");

export const roleName = (role: Role) => words(`enums.role_${role}`) ?? role;

/** 派单员（友谊镇新时代文明实践所） */
export const rightOf = (grant: Grant) =>
  grant.organisation ? `${grant.organisation.name} · ${roleName(grant.role)}` : roleName(grant.role);

/** What a person may do, in one line. */
export const rightsOf = (person: Person) => person.grants.map(rightOf).join("；");

export const ROLES: readonly Role[] = [
  "dispatcher",
  "scheduler",
  "officer",
  "leader",
  "volunteer",
  "supervisor",
  "auditor",
  "system_administrator",
  "security_administrator",
];

/** In which kinds of organisation a role is given; empty: in any; null: it is the platform's own. */
export function kindsFor(role: Role): readonly Schemas["OrganisationKind"][] | null {
  if (role === "system_administrator" || role === "security_administrator") return null;
  if (role === "dispatcher" || role === "scheduler") return ["centre"];
  if (role === "officer") return ["department", "unit"];
  if (role === "leader" || role === "volunteer") return ["team"];
  return role === "supervisor" ? ["department", "unit"] : [];
}

/** Whether a second security administrator must say yes. */
export const needsSecond = (role: Role) =>
  role === "auditor" || role === "system_administrator" || role === "security_administrator";
