// What `GET /intake` answers beyond the generated types.

import type { Schemas } from "@/api/client";

export type Intake = Schemas["IntakeView"] & {
  county?: { code: string; name: string };
  county_centre?: { id: number; name: string; phone?: string | null } | null;
  /** The version of the consent text that holds now. */
  consent_version?: string | null;
};
