import { api } from '#web/lib/api.ts';
import { refreshMessages } from './refresh-messages.ts';

export async function stopTurn(threadId: string, turnId: string): Promise<void> {
  await api.post(`/api/threads/${threadId}/stop`, { turn_id: turnId });
  await refreshMessages(threadId);
}

/** Lets the last reply be made anew. */
export async function regenerate(threadId: string): Promise<void> {
  await api.post(`/api/threads/${threadId}/regenerate`);
  await refreshMessages(threadId);
}
