import { api } from '#web/lib/api.ts';
import { queryClient } from '#web/lib/query-client.ts';
import type { Thread } from './thread.ts';
import { refreshThreads, threadQuery, threadsQuery } from './threads-query.ts';

/** Shows it at once, wherever it is shown; archiving moves it from one list to the other. */
function show(thread: Thread): void {
  queryClient.setQueryData(threadQuery(thread.id).queryKey, thread);
  for (const archived of [false, true]) {
    const key = threadsQuery({ archived }).queryKey;
    const belongs = (thread.archived_at !== null) === archived;
    queryClient.setQueryData(key, (data) => {
      if (!data) return data;
      const pages = data.pages.map((page) => ({
        ...page,
        items: page.items
          .map((one) => (one.id === thread.id ? thread : one))
          .filter(({ id }) => belongs || id !== thread.id),
      }));
      return { ...data, pages };
    });
  }
}

async function change(
  thread: Thread,
  body: { title?: string; archived?: boolean },
  fields: Partial<Thread>,
): Promise<void> {
  show({ ...thread, ...fields });
  try {
    await api.patch(`/api/threads/${thread.id}`, body);
  } catch (error) {
    show(thread);
    throw error;
  } finally {
    await refreshThreads();
  }
}

export async function renameThread(thread: Thread, title: string): Promise<void> {
  await change(thread, { title }, { title });
}

export async function archiveThread(thread: Thread, archived: boolean): Promise<void> {
  await change(thread, { archived }, { archived_at: archived ? new Date().toISOString() : null });
}

export async function createThread(assistantId: string): Promise<Thread> {
  const thread = await api.post<Thread>('/api/threads', { assistant_id: assistantId });
  queryClient.setQueryData(threadQuery(thread.id).queryKey, thread);
  void refreshThreads();
  return thread;
}
