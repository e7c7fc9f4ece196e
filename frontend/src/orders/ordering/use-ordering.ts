// The way through an order: its draft, its steps, and sending it.

import { computed, nextTick, onScopeDispose, reactive, shallowRef, watch } from "vue";
import { useRoute, useRouter } from "vue-router";
import { holds, me } from "@/app/session";
import { readIntake, type Intake } from "@/home/centre";
import { useForm } from "@/ui/use-form";
import { checkStep, firstOpen, stepOf, type Step } from "./check";
import { bodyOf, emptyDraft, eraseDraft, isBegun, keepDraft, readDraft } from "./draft";
import { sendOrder } from "./send";
import { keepSent } from "./sent";

export function useOrdering() {
  const route = useRoute();
  const router = useRouter();
  const found = readDraft();
  const draft = reactive(found ?? emptyDraft());
  /** A draft from before was taken up again. */
  const resumed = shallowRef(found !== null && isBegun(found));
  let over = false;

  const dispatching = computed(() => holds("dispatcher"));
  const phoneNeeded = computed(() => !me.value && !draft.forOther);
  const step = computed<Step>(() => {
    const asked = Number(route.query.step);
    return asked === 2 || asked === 3 || asked === 4 ? asked : 1;
  });

  // Who is signed in is known a moment later; what they typed meanwhile stays.
  watch(
    me,
    (person) => {
      if (!person) return;
      if (!found && dispatching.value) setForOther(true);
      if (draft.forOther) return;
      draft.name ||= person.name;
      draft.phone ||= person.phone ?? "";
      draft.division ??= person.division_code ?? null;
    },
    { immediate: true },
  );

  function setForOther(yes: boolean): void {
    draft.forOther = yes;
    draft.given = yes ? "spoken" : "here";
    draft.consent = null;
    // The other's contact is not the dispatcher's.
    if (yes && draft.name === me.value?.name) draft.name = draft.phone = "";
    if (!yes) {
      draft.name ||= me.value?.name ?? "";
      draft.phone ||= me.value?.phone ?? "";
    }
  }

  watch(draft, () => {
    if (!over) keepDraft(draft);
  });

  const intake = shallowRef<Intake>();
  let asked = 0;
  watch(
    () => draft.division,
    async (place) => {
      const mine = (asked += 1);
      intake.value = undefined;
      if (!place) return;
      try {
        const answer = await readIntake(place);
        if (mine === asked) intake.value = answer;
      } catch {
        // Sending will tell.
      }
    },
    { immediate: true },
  );

  const form = useForm({
    check: () => {
      const steps: Step[] = step.value === 4 ? [1, 2, 3] : [step.value];
      return Object.assign({}, ...steps.map((one) => checkStep(one, draft, phoneNeeded.value)));
    },
    send: async () => {
      const answer = await sendOrder(draft).catch((error: unknown) => {
        // It may have arrived: what was sent is kept with its key.
        draft.attempt ??= bodyOf(draft);
        throw error;
      });
      return answer;
    },
    done: async ({ order, earlier }) => {
      over = true;
      const { division, address, forOther, channel, given } = draft;
      keepSent({
        order,
        earlier,
        kept: { division, address, forOther, channel, given },
        phoneLeft: Boolean(draft.phone.trim()),
      });
      eraseDraft();
      await router.replace({ name: "ordered" });
    },
  });

  /** Nothing came back: it is kept and goes out when the network is there again. */
  const waiting = computed(() => form.problem.value?.isOffline ?? false);
  const again = () => {
    if (waiting.value && step.value === 4) void form.submit();
  };
  addEventListener("online", again);
  onScopeDispose(() => removeEventListener("online", again));

  // An answer that says no left nothing behind: the next try may hold other words.
  watch(form.problem, (why) => {
    if (why && !why.isOffline && why.status >= 400 && why.status < 500) draft.attempt = null;
  });
  // What the server finds is mended at its step.
  watch(form.all, (all) => {
    const first = all[0];
    if (step.value === 4 && first?.pointer) void go(stepOf(first.pointer), false);
  });

  async function show(pointer?: string): Promise<void> {
    await nextTick();
    scrollTo({ top: 0 });
    const at = pointer && document.getElementById(idOf(pointer));
    const target =
      at || document.querySelector<HTMLElement>("[data-faults]") || document.getElementById("order-step");
    target?.focus({ preventScroll: !at });
    if (at) at.scrollIntoView?.({ block: "center" });
  }

  async function go(next: Step, clean = true, pointer?: string): Promise<void> {
    if (clean) for (const { pointer: one } of form.all.value) form.clear(one);
    await router.push({ name: "order", query: next === 1 ? {} : { step: next } });
    await show(pointer);
  }

  async function next(): Promise<void> {
    if (step.value === 4) return form.submit();
    if (await form.holds()) await go((step.value + 1) as Step);
  }

  function back(): void {
    const before = (history.state as { back?: string | null } | null)?.back;
    if (before?.startsWith("/order")) router.back();
    else void router.replace({ name: "order", query: step.value === 2 ? {} : { step: step.value - 1 } });
  }

  // Back and forward by the browser; a step that is not open yet leads to the one that is.
  watch(step, (now) => {
    if (over) return;
    const open = firstOpen(draft, phoneNeeded.value && me.value !== undefined);
    if (now > open) void router.replace({ name: "order", query: open === 1 ? {} : { step: open } });
    else void show();
  });
  if (step.value > 1) {
    const open = firstOpen(draft, phoneNeeded.value && me.value !== undefined);
    if (step.value > open) void router.replace({ name: "order", query: open === 1 ? {} : { step: open } });
  }
  // The page was closed while an order waited for the network: it goes out now.
  if (draft.attempt && firstOpen(draft, false) === 4) {
    void router.replace({ name: "order", query: { step: 4 } }).then(() => form.submit());
  }

  function anew(): void {
    eraseDraft();
    Object.assign(draft, emptyDraft());
    resumed.value = false;
    if (dispatching.value) setForOther(true);
    else {
      draft.name = me.value?.name ?? "";
      draft.phone = me.value?.phone ?? "";
      draft.division ??= me.value?.division_code ?? null;
    }
    void go(1);
  }

  return {
    draft,
    resumed,
    dispatching,
    phoneNeeded,
    step,
    intake,
    form,
    waiting,
    setForOther,
    go,
    next,
    back,
    anew,
  };
}

/** The id of a field's control, by its pointer. */
export function idOf(pointer: string): string {
  return `order-${pointer.slice(1).split("/")[0]}`;
}
