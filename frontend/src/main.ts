import "./ui/theme.css";
import { createApp } from "vue";
import App from "./app/App.vue";
import { loadMe } from "./app/session";
import { router } from "./app/router";
import { WAITING } from "./attendance/wire";
import { speakAsRemembered } from "./i18n";

function hasWaiting(): boolean {
  try {
    return localStorage.getItem(WAITING) !== null;
  } catch {
    return false;
  }
}

async function start(): Promise<void> {
  await speakAsRemembered();
  void loadMe();
  createApp(App).use(router).mount("#app");
  // What was checked in without a network, on whichever page one comes back. Most have nothing to send, and load nothing for it.
  if (hasWaiting()) void import("./attendance/waiting").then(({ sendWhenever }) => sendWhenever());
}

void start();
