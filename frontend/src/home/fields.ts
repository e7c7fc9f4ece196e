// What one can ask for: ten fields of science and ten forms of service, read once, with the picture of each field.

import {
  Apple,
  Atom,
  Clapperboard,
  CloudSun,
  Flame,
  FlaskConical,
  HeartPulse,
  Lightbulb,
  Smartphone,
  Sprout,
  Wrench,
} from "@lucide/vue";
import { computed, shallowRef, type Component } from "vue";
import { api, taken, type Schemas } from "@/api/client";
import { asProblem, type Problem } from "@/api/problem";
import { language } from "@/i18n";

export type Field = Schemas["FieldView"];

const all = shallowRef<Field[]>([]);
const problem = shallowRef<Problem>();
let reading: Promise<void> | null = null;

async function read(): Promise<void> {
  try {
    all.value = (await taken(api.GET("/api/v1/fields"))).items;
    problem.value = undefined;
  } catch (error) {
    problem.value = asProblem(error);
    reading = null;
  }
}

export function loadFields(): Promise<void> {
  reading ??= read();
  return reading;
}

export function useFields() {
  void loadFields();
  return {
    problem,
    reload: loadFields,
    fields: computed(() => all.value.filter((one) => one.kind === "field")),
    forms: computed(() => all.value.filter((one) => one.kind === "form")),
  };
}

export function fieldOf(code: string | null | undefined): Field | undefined {
  return all.value.find((one) => one.code === code);
}

export function sayField(field: Field): string {
  return language.value === "en" ? field.name_en : field.name;
}

const PICTURES: Record<string, { icon: Component; tint: string }> = {
  health: { icon: HeartPulse, tint: "bg-rose-soft" },
  agriculture: { icon: Sprout, tint: "bg-leaf-soft" },
  skills: { icon: Wrench, tint: "bg-info-soft" },
  safety: { icon: Flame, tint: "bg-orange-soft" },
  environment: { icon: CloudSun, tint: "bg-brand-soft" },
  food: { icon: Apple, tint: "bg-rose-soft" },
  digital: { icon: Smartphone, tint: "bg-warn-soft" },
  youth_science: { icon: FlaskConical, tint: "bg-leaf-soft" },
  frontier: { icon: Atom, tint: "bg-info-soft" },
  culture: { icon: Clapperboard, tint: "bg-orange-soft" },
};

export function pictureOf(code: string): { icon: Component; tint: string } {
  return PICTURES[code] ?? { icon: Lightbulb, tint: "bg-brand-soft" };
}
