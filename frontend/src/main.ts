import "./ui/theme.css";
import { createApp } from "vue";
import App from "./app/App.vue";
import { loadMe } from "./app/session";
import { router } from "./app/router";
import { speakAsRemembered } from "./i18n";

async function start(): Promise<void> {
  await speakAsRemembered();
  void loadMe();
  createApp(App).use(router).mount("#app");
}

void start();
