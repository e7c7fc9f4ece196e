import { fileURLToPath } from "node:url";
import cascadeLayers from "@csstools/postcss-cascade-layers";
import tailwind from "@tailwindcss/vite";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";
import { compress } from "./compress.ts";

// Phones in the villages: WebViews from 2020 on.
const browsers = ["chrome87", "safari14", "firefox90"];

export default defineConfig({
  plugins: [vue(), tailwind(), compress()],
  // All components are written with setup: Vue's older way and its hydration messages stay out of the first page.
  define: { __VUE_OPTIONS_API__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" },
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  // Old browsers know no cascade layers; without this plugin they would drop every utility.
  css: { postcss: { plugins: [cascadeLayers()] } },
  build: {
    outDir: process.env.KEPU_FRONTEND_OUT ?? "dist",
    emptyOutDir: true,
    target: browsers,
    cssTarget: browsers,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        advancedChunks: {
          // What nearly every page shows comes as one file: many small ones weigh more, and each is named in the first.
          groups: [
            {
              name: "ui",
              test: /src\/(ui\/(UiButton|UiFaults|UiInput|UiField|UiProblem|UiLoading|use-form|use-load|say-problem)|i18n\/dates)|icons\/(chevron-right|search|phone|circle-alert|loader-circle)\.(m?js)$/,
            },
          ],
        },
      },
    },
    // Nothing inline: the policy that the server sends takes nothing but its own files.
    assetsInlineLimit: 0,
  },
  server: {
    proxy: { "/api": process.env.KEPU_API ?? "http://127.0.0.1:8080" },
  },
  test: {
    environment: "happy-dom",
    include: ["tests/**/*.test.ts", "src/**/*.test.ts"],
    setupFiles: ["tests/setup.ts"],
  },
});
