import type { threadSchema } from '#features/conversations/contract.ts';
import { api } from '#web/lib/api.ts';
import { newId } from '#web/lib/new-id.ts';
import type { Wire } from '#web/lib/wire.ts';

/** Says something to the user's secretary, in the thread that carries on. */
export async function sendToMainThread(text: string): Promise<void> {
  const thread = await api.get<Wire<typeof threadSchema>>('/api/threads/main');
  await api.post(`/api/threads/${thread.id}/messages`, { text, client_message_id: newId() });
}
