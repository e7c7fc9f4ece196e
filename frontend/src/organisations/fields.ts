import { computed, shallowRef, type Ref } from "vue";
import { api, taken, type Schemas } from "@/api/client";
import { language, words } from "@/i18n";

type Field = Schemas["FieldView"];
const all = shallowRef<Field[]>([]);
let reading: Promise<void> | null = null;

/** The fields of knowledge, read once. Without them an organisation still opens: its codes stand for them. */
export function useFields(): Ref<Field[]> {
  reading ??= taken(api.GET("/api/v1/fields"))
    .then(({ items }) => void (all.value = items.filter((one) => one.kind === "field")))
    .catch(() => void (reading = null));
  return all;
}

export const fieldName = (field: Field) => (language.value === "en" ? field.name_en : field.name);

export function fieldNames(fields: Field[], codes: readonly string[]): string {
  const name = (code: string) => {
    const field = fields.find((one) => one.code === code);
    return field ? fieldName(field) : code;
  };
  return codes.map(name).join("、");
}

/** The languages in which teams speak here. */
export const LANGUAGES = ["zh", "ko", "mn", "ru", "en"] as const;
export const languageName = (code: string) => words(`admin.language_${code}`) ?? code;
export const languageChoices = computed(() =>
  LANGUAGES.map((code) => ({ value: code as string, label: languageName(code) })),
);
