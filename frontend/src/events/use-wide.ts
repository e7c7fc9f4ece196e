import { computed, onScopeDispose, shallowRef } from "vue";
import { isLarge } from "@/app/settings";

/** Whether there is room for a table: a desk, and no large text. */
export function useWide() {
  const query = matchMedia("(min-width: 900px)");
  const desk = shallowRef(query.matches);
  const look = () => (desk.value = query.matches);
  query.addEventListener?.("change", look);
  onScopeDispose(() => query.removeEventListener?.("change", look));
  return computed(() => desk.value && !isLarge.value);
}
