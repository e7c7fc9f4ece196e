import type { RouteLocationRaw } from "vue-router";
import { beginning } from "@/app/router";

/** Where one goes after signing in: where one wanted to, if that is a page of ours; else to the beginning. */
export function after(to: unknown): RouteLocationRaw {
  return typeof to === "string" && /^\/(?![/\\])/.test(to) ? to : beginning();
}
