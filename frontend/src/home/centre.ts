// Whom to call, and whether anybody reads what is sent: asked once for all pages.

import { computed, shallowRef } from "vue";
import { api, taken, type Schemas } from "@/api/client";

export type Intake = Schemas["IntakeView"];

/** Who reads the orders of a place; without one, of the county. */
export function readIntake(place?: string): Promise<Intake> {
  return taken(api.GET("/api/v1/intake", { params: { query: { division_code: place } } }));
}

const county = shallowRef<Intake>();
let reading: Promise<void> | null = null;

async function read(): Promise<void> {
  try {
    county.value = await readIntake();
  } catch {
    // The page goes without the number; the next one asks again.
    reading = null;
  }
}

export function useCentre() {
  reading ??= read();
  return {
    county,
    name: computed(() => county.value?.county_centre?.name ?? null),
    phone: computed(() => county.value?.county_phone || county.value?.county_centre?.phone || null),
    /** Known to be read by nobody; not merely unknown yet. */
    unread: computed(() => county.value !== undefined && !county.value.centre),
  };
}

/** The digits that a phone dials. */
export function dialled(phone: string): string {
  return `tel:${phone.replace(/[^\d+]/g, "")}`;
}
