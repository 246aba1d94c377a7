import { queryOptions } from '@tanstack/react-query';
import type { modelList } from '#features/models/contract.ts';
import { api } from '#web/lib/api.ts';
import type { Wire } from '#web/lib/wire.ts';

export type ModelList = Wire<typeof modelList>;
export type Model = ModelList['items'][number];
export type Health = Model['health'];

export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: async ({ signal }) => await api.get<ModelList>('/api/models', { signal }),
});

/** `<provider>/*` stands for all that a server has: its name is offered to be completed. */
export function offered(items: readonly { id: string }[]): string[] {
  return [...new Set(items.map(({ id }) => id.replace(/\*$/, '')))];
}
