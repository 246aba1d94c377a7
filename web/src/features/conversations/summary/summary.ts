import { queryOptions } from '@tanstack/react-query';
import type { summarySchema } from '#features/conversations/contract.ts';
import { api } from '#web/lib/api.ts';
import { queryClient } from '#web/lib/query-client.ts';
import type { Page, Wire } from '#web/lib/wire.ts';

export type Summary = Wire<typeof summarySchema>;

/** More than these are never in use at once: each stands for the one before, too. */
const LOOKED_AT = 20;

/** The summary models are shown of a thread; null without one. */
export function summaryQuery(threadId: string) {
  return queryOptions({
    // With the threads: told of by the same event.
    queryKey: ['threads', threadId, 'summary'],
    queryFn: async ({ signal }): Promise<Summary | null> => {
      const path = `/api/threads/${threadId}/summaries`;
      const { items } = await api.get<Page<Summary>>(path, { query: { limit: LOOKED_AT }, signal });
      const inUse = items.filter(({ is_active }) => is_active);
      return inUse.toSorted((one, other) => other.up_to_seq - one.up_to_seq)[0] ?? null;
    },
  });
}

export const pathOf = ({ thread_id, id }: Summary) => `/api/threads/${thread_id}/summaries/${id}`;

export async function rewriteSummary(summary: Summary, text: string): Promise<void> {
  const rewritten = await api.patch<Summary>(pathOf(summary), { text });
  queryClient.setQueryData(summaryQuery(summary.thread_id).queryKey, rewritten);
}
