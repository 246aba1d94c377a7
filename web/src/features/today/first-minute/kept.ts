import { storage } from '#web/lib/storage.ts';

/** The reminder whose arrival is waited for on the page. */
export interface FirstReminder {
  id: string;
  due_at: string;
  /** How far the server's clock is ahead of this browser's, in ms. */
  ahead_ms: number;
}

const KEY = 'first-reminder';

/** It outlives a look at other pages. */
export function keptFirstReminder(): FirstReminder | undefined {
  try {
    return (JSON.parse(storage.get(KEY) ?? 'null') as FirstReminder | null) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keepFirstReminder(reminder: FirstReminder | undefined): void {
  if (reminder) storage.set(KEY, JSON.stringify(reminder));
  else storage.remove(KEY);
}
