import { queryOptions } from '@tanstack/react-query';
import { api } from '#web/lib/api.ts';
import { paged } from '#web/lib/paged.ts';
import { queryClient } from '#web/lib/query-client.ts';
import type { Thread } from './thread.ts';

export function threadsQuery({ archived }: { archived: boolean }) {
  return paged<Thread>({
    queryKey: ['threads', 'list', { archived }],
    path: '/api/threads',
    query: { order: 'activity', archived },
  });
}

/** The one with the secretary, which every user has. */
export const mainThreadQuery = queryOptions({
  queryKey: ['threads', 'main'],
  queryFn: async ({ signal }) => await api.get<Thread>('/api/threads/main', { signal }),
});

export function threadQuery(id: string) {
  return queryOptions({
    queryKey: ['threads', 'one', id],
    queryFn: async ({ signal }) => await api.get<Thread>(`/api/threads/${id}`, { signal }),
  });
}

export async function refreshThreads(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['threads'] });
}
