import { useQuery, queryOptions } from '@tanstack/react-query';
import type { assistant } from '#features/assistants/contract.ts';
import { api } from '#web/lib/api.ts';
import type { WirePage, Wire } from '#web/lib/wire.ts';

export type Assistant = Wire<typeof assistant>;

const chatAssistantsQuery = queryOptions({
  queryKey: ['assistants', 'chat'],
  queryFn: async ({ signal }) =>
    await api.get<WirePage<typeof assistant>>('/api/assistants', { query: { limit: 200 }, signal }),
  select: ({ items }) => items.filter(({ is_active }) => is_active),
});

/** Those one can talk to, the secretary first. */
export function useAssistants(): Assistant[] {
  const { data = [] } = useQuery(chatAssistantsQuery);
  return data.toSorted((one, other) => Number(other.is_secretary) - Number(one.is_secretary));
}
