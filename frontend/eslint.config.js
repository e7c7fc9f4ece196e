import vue from "eslint-plugin-vue";
import access from "eslint-plugin-vuejs-accessibility";
import ts from "typescript-eslint";

export default ts.config(
  { ignores: ["dist", "src/api/schema.d.ts", "public/early.js"] },
  ...ts.configs.recommended,
  ...vue.configs["flat/essential"],
  ...access.configs["flat/recommended"],
  {
    files: ["**/*.vue"],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    rules: {
      "vue/multi-word-component-names": "off",
      // Texts come from the dictionaries and are never markup.
      "vue/no-v-html": "error",
      "no-console": "error",
      // A label may stand beside its control as long as `for` binds them.
      "vuejs-accessibility/label-has-for": ["error", { required: { some: ["nesting", "id"] } }],
      // Ours put the focus into what was just opened, once, as the reader asked for it.
      "vuejs-accessibility/no-autofocus": "off",
    },
  },
);
