import type { memory } from '#features/memory/contract.ts';
import { api } from '#web/lib/api.ts';
import { changingItem } from '#web/lib/changing-item.ts';
import { paged } from '#web/lib/paged.ts';
import { queryClient } from '#web/lib/query-client.ts';
import type { Filter } from './filter-select.tsx';
import type { Wire } from '#web/lib/wire.ts';

export type Memory = Wire<typeof memory>;

export function memoriesQuery(search: string, filter: Filter) {
  const q = search.trim();
  return paged<Memory>({
    queryKey: ['memories', 'list', filter, q],
    path: '/api/memories',
    query: { ...(q !== '' && { q }), ...(filter !== 'all' && { filter }) },
  });
}

export async function refreshMemories(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['memories'] });
}

/** Shown at once as it will be. */
export async function changeMemory(memory: Memory, change: Partial<Memory>): Promise<void> {
  const request = async () => await api.patch(`/api/memories/${memory.id}`, change);
  await changingItem('memories', memory, change, request);
}
