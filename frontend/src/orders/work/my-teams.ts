// The teams for which the person can claim: those they lead, and the staff groups of departments whose officer they are.

import { seats } from "@/app/session";
import { teams } from "./directory";
import type { Organisation } from "./wire";

export async function myTeams(): Promise<Organisation[]> {
  const held = (role: "leader" | "officer") =>
    new Set(seats.value.filter((grant) => grant.role === role).map((grant) => grant.organisation?.id));
  const [leads, officer] = [held("leader"), held("officer")];
  return (await teams()).filter(
    (one) => leads.has(one.id) || (one.team?.kind === "staff" && officer.has(one.team.host_id)),
  );
}
