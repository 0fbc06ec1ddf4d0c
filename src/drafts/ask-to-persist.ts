/** The browser's promise not to clear this page's storage by itself. Absent on plain http and in old browsers. */

let asked = false;

/** Asks once per page; for the moment when the user first types. Nobody waits for the answer, and nothing fails. */
export function askToPersist(): void {
  if (asked) return;
  asked = true;
  try {
    const storage = navigator.storage as StorageManager | undefined;
    storage?.persist?.().catch(() => {});
  } catch {
    // Refused: no promise, as before.
  }
}

/** Whether it has promised. Never rejects. */
export async function isPersisted(): Promise<boolean> {
  try {
    const storage = navigator.storage as StorageManager | undefined;
    return (await storage?.persisted?.()) === true;
  } catch {
    return false;
  }
}
