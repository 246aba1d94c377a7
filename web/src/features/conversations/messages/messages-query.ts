import { queryOptions } from '@tanstack/react-query';
import { api } from '#web/lib/api.ts';
import { queryClient } from '#web/lib/query-client.ts';
import type { Page } from '#web/lib/wire.ts';
import type { ChatMessage } from './message.ts';
import { readNewest } from './read-newest.ts';
import { merge, type ThreadState } from './thread-state.ts';

const PAGE_SIZE = 50;

async function readPage(threadId: string, cursor: string | undefined, signal?: AbortSignal) {
  return await api.get<Page<ChatMessage>>(`/api/threads/${threadId}/messages`, {
    query: { order: 'newest', limit: PAGE_SIZE, cursor },
    signal,
  });
}

/** A thread's messages as far as they were read; read again, what is new is joined to them. */
export function messagesQuery(threadId: string) {
  const queryKey = ['messages', threadId];
  return queryOptions({
    queryKey,
    queryFn: async ({ signal }): Promise<ThreadState> => {
      const known = () => queryClient.getQueryData<ThreadState>(queryKey);
      const read = await readNewest(
        async (cursor) => await readPage(threadId, cursor, signal),
        known()?.messages ?? [],
      );
      // Text may have come meanwhile.
      return merge(known(), read);
    },
    // merge keeps what is the same.
    structuralSharing: false,
    // Elsewhere on the web app nobody listens for it.
    refetchOnMount: 'always',
  });
}

export function changeMessages(threadId: string, change: (state: ThreadState) => ThreadState): void {
  queryClient.setQueryData(messagesQuery(threadId).queryKey, (state) => state && change(state));
}

const loading = new Set<string>();

/** Reads the page before the oldest message that is known. */
export async function loadOlder(threadId: string): Promise<void> {
  const state = queryClient.getQueryData(messagesQuery(threadId).queryKey);
  if (!state || state.older === null || loading.has(threadId)) return;
  loading.add(threadId);
  try {
    const { items, next_cursor } = await readPage(threadId, state.older);
    changeMessages(threadId, (now) => merge(now, { messages: items.toReversed(), older: next_cursor }));
  } finally {
    loading.delete(threadId);
  }
}
