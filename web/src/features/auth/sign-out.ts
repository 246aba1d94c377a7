import { api } from '#web/lib/api.ts';
import { noteSignedOut } from '#web/lib/query-client.ts';
import { storage } from '#web/lib/storage.ts';
import { settleToasts } from '#web/ui/toast.tsx';

/** Ends this browser's session, and forgets what it kept for the user. */
export async function signOut(): Promise<void> {
  settleToasts();
  await api.post('/api/auth/sign-out');
  storage.clear();
  noteSignedOut();
}
