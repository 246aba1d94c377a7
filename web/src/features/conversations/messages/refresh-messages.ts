import { queryClient } from '#web/lib/query-client.ts';
import { messagesQuery } from './messages-query.ts';

const running = new Set<string>();
const again = new Set<string>();

/** Reads what is new in the thread; what happens while that is under way is read after it. */
export async function refreshMessages(threadId: string): Promise<void> {
  if (running.has(threadId)) {
    again.add(threadId);
    return;
  }
  running.add(threadId);
  try {
    do {
      again.delete(threadId);
      await queryClient.invalidateQueries({ queryKey: messagesQuery(threadId).queryKey, exact: true });
    } while (again.has(threadId));
  } finally {
    running.delete(threadId);
  }
}
