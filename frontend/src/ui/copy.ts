import { toast } from "./toasts";

/** Puts a text where it can be pasted from, and says whether it is there: `failed` where the browser does not let us. */
export async function copyText(text: string, said: { done: string; failed: string }): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(said.done);
  } catch {
    toast(said.failed, "failed");
  }
}
