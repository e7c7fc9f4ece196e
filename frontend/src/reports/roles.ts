// In which of their roles somebody reads a report.

import { computed } from "vue";
import { useRoute, useRouter } from "vue-router";
import { holds, seat } from "@/app/session";
import { words } from "@/i18n";
import type { AsRole } from "./reading";

const READERS: readonly AsRole[] = ["supervisor", "dispatcher", "officer"];

/** The role of the address, else the one in which the person works now, else the first they hold. */
export function useReader() {
  const route = useRoute();
  const router = useRouter();
  const held = computed(() => READERS.filter((role) => holds(role)));
  const role = computed<AsRole>({
    get: () =>
      held.value.find((one) => one === route.query.as_role) ??
      held.value.find((one) => one === seat.value?.role) ??
      held.value[0] ??
      "supervisor",
    set: (next) => void router.replace({ query: { ...route.query, as_role: next } }),
  });
  const options = computed(() =>
    held.value.map((one) => ({ value: one, label: words(`enums.role_${one}`) ?? one })),
  );
  return { role, options };
}
