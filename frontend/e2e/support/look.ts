// What every page must pass, in every text mode and at both sizes.

import Axe from "@axe-core/playwright";
import type { Page } from "playwright-core";
import type { Text } from "./world";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What is wrong with how a page looks and reads; nothing where all is well. */
export async function faultsOf(page: Page, text: Text): Promise<string[]> {
  const faults: string[] = [];
  const axe = await new Axe({ page }).withTags(TAGS).analyze();
  for (const violation of axe.violations)
    faults.push(`axe ${violation.id}: ${violation.nodes.map((node) => node.target.join(" ")).join(", ")}`);
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (sideways > 0) faults.push(`scrolls sideways by ${sideways} px`);
  const least = text === "standard" ? 44 : 60;
  faults.push(...(await page.evaluate(tooSmall, least)).map((one) => `under ${least} px: ${one}`));
  return faults;
}

/** What a finger touches that is smaller than it must be. A box or a radio is touched through its label. */
function tooSmall(least: number): string[] {
  const found: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>(
    "a[href], button, input, select, textarea, summary, [role=button], [role=tab], label",
  )) {
    const ticked = element.matches("input[type=checkbox], input[type=radio]");
    if (element.matches("label") && !element.querySelector("input[type=checkbox], input[type=radio]"))
      continue;
    if (ticked && element.closest("label")) continue;
    // Not on the screen until it is reached by the keyboard.
    if (element.closest(".sr-only") || element.matches(".sr-only")) continue;
    const box = element.getBoundingClientRect();
    if (box.width === 0 || getComputedStyle(element).visibility === "hidden") continue;
    if (box.width < least - 0.5 || box.height < least - 0.5) {
      found.push(`${Math.round(box.width)}x${Math.round(box.height)} ${element.outerHTML.slice(0, 110)}`);
    }
  }
  return found;
}
