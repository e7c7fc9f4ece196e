import { onScopeDispose, shallowRef, type Ref } from "vue";
import { onBeforeRouteLeave, useRouter, type RouteLocationRaw } from "vue-router";

/** Asks before a page is left on which something is not saved: `asking` opens the question, `leave` goes on. */
export function useLeaving(dirty: Ref<boolean>) {
  const router = useRouter();
  const asking = shallowRef(false);
  let to: RouteLocationRaw | null = null;
  let leaving = false;
  onBeforeRouteLeave((next) => {
    if (!dirty.value || leaving) return true;
    to = next.fullPath;
    asking.value = true;
    return false;
  });
  const warn = (event: BeforeUnloadEvent) => {
    if (dirty.value) event.preventDefault();
  };
  addEventListener("beforeunload", warn);
  onScopeDispose(() => removeEventListener("beforeunload", warn));
  async function leave(): Promise<void> {
    leaving = true;
    asking.value = false;
    if (to) await router.push(to);
  }
  return { asking, leave };
}
