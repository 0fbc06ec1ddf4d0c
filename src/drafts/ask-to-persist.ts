/** The browser's promise not to clear this page's storage by itself. Absent on plain http and in old browsers. */

/** A page has one. */
const asked = new WeakSet<StorageManager>();

/** Asks once per page; for the moment when the user first types. Nobody waits for the answer, and nothing fails. */
export function askToPersist(): void {
  try {
    const storage = navigator.storage as StorageManager | undefined;
    if (storage === undefined || asked.has(storage)) return;
    asked.add(storage);
    storage.persist?.().catch(() => {});
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
