// Campaigns to choose from, where events are planned and looked for.

import { computed } from "vue";
import { useLoad } from "@/ui/use-load";
import { readCurrent } from "./reading";

/** Those of now, each with its year; none until they are read. */
export function useCampaignOptions() {
  const found = useLoad(() => readCurrent());
  return computed(() =>
    (found.data.value ?? []).map((one) => ({ value: one.id, label: `${one.name} ${one.year}` })),
  );
}
