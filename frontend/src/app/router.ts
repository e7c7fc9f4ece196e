// How one comes to a page: who may, with which words, under which title.

import { watch } from "vue";
import {
  createRouter,
  createWebHistory,
  type RouteLocationNormalized,
  type RouteLocationRaw,
} from "vue-router";
import { loadWords, t, language } from "@/i18n";
import { pages } from "./pages";
import { holds, isStaff, loadMe, me, STAFF } from "./session";

/** Pages that are a list with one of it opened over it: neither the scroll nor the focus leaves the list. */
const OVER_A_LIST: Record<string, string> = { "work-order": "work" };

export function sameList(to: RouteLocationNormalized, from: RouteLocationNormalized): boolean {
  const list = (route: RouteLocationNormalized) => OVER_A_LIST[String(route.name)] ?? String(route.name);
  return list(to) === list(from) && Object.values(OVER_A_LIST).includes(list(to));
}

export const router = createRouter({
  history: createWebHistory(),
  routes: pages,
  scrollBehavior: (to, from, saved) =>
    sameList(to, from) ? {} : (saved ?? (to.path === from.path ? {} : { top: 0 })),
});

/** Where a person begins after signing in: staff at their work, others at home. */
export function beginning(): RouteLocationRaw {
  if (!isStaff.value) return { name: "home" };
  if (holds(...STAFF))
    return { name: holds("supervisor") && !holds("dispatcher", "officer", "leader") ? "overview" : "work" };
  return { name: holds("security_administrator") ? "admin-people" : "admin-organisations" };
}

router.beforeEach(async (to) => {
  if (to.meta.for) {
    if (me.value === undefined) await loadMe();
    if (!me.value) return { name: "sign-in", query: { to: to.fullPath } };
    if (me.value.must_change_password && to.name !== "account") return { name: "account" };
    if (to.meta.for !== "account" && !holds(...to.meta.for))
      return { name: "nowhere", params: { rest: to.path.slice(1).split("/") }, query: { why: "role" } };
  }
  return true;
});

router.beforeResolve(async (to) => {
  await loadWords(to.meta.words ?? []);
});

/** The title of a page with the product's name; a page may say a better one, such as an order's. */
export function entitle(own?: string): void {
  const title = own ?? (router.currentRoute.value.meta.title ? t(router.currentRoute.value.meta.title) : "");
  document.title = title ? `${title} · ${t("common.product")}` : t("common.product");
}

router.afterEach(() => entitle());
watch(language, () => entitle());

// A new version was installed while this page was open: its parts have other names now. Load the page anew, once.
const RELOADED = "kepu.reloaded";
router.onError((error, to) => {
  if (!/dynamically imported module|Importing a module script failed|error loading/i.test(String(error)))
    return;
  if (sessionStorage.getItem(RELOADED) === to.fullPath) return;
  sessionStorage.setItem(RELOADED, to.fullPath);
  location.assign(to.fullPath);
});
