import { queryClient } from '#web/lib/query-client.ts';
import { storage } from '#web/lib/storage.ts';

const KEY = 'signed-in';

/** Nothing of a former user is left for this one; what the same user had begun is. */
export function noteSignedIn(userId: string): void {
  queryClient.clear();
  if (storage.get(KEY) !== userId) storage.clear();
  storage.set(KEY, userId);
}

/** Tells when another tab has signed in somebody else than `userId`. Returns what ends it. */
export function onOtherUser(userId: string, told: () => void): () => void {
  return storage.onOtherTab(KEY, (_, value) => {
    if (value !== null && value !== userId) told();
  });
}

/** Somebody was signed in here and has not signed out: their session was ended, or is over. */
export function wasThrownOut(): boolean {
  return storage.get(KEY) !== null;
}
