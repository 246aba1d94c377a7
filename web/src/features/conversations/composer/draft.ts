import { storage } from '#web/lib/storage.ts';

const keyOf = (threadId: string) => `draft.${threadId}`;

/** What was written and not sent, kept in this browser. */
export function readDraft(threadId: string): string {
  return storage.get(keyOf(threadId)) ?? '';
}

export function keepDraft(threadId: string, text: string): void {
  if (text === '') storage.remove(keyOf(threadId));
  else storage.set(keyOf(threadId), text);
}
