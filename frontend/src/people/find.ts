import { api, taken } from "@/api/client";
import { loginOf } from "./person";

/** People by a part of their name or of what they sign in with. */
export async function findPeople(q: string): Promise<{ value: number; label: string; hint?: string }[]> {
  const { items } = await taken(
    api.GET("/api/v1/people", { params: { query: { q: q || undefined, limit: 20 } } }),
  );
  return items.map((one) => ({
    value: one.id,
    label: one.name,
    hint: [loginOf(one), one.division_name].filter(Boolean).join(" · "),
  }));
}
