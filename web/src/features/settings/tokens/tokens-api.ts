import { queryOptions } from '@tanstack/react-query';
import type { apiToken, madeToken, newToken } from '#features/auth/tokens/contract.ts';
import { api } from '#web/lib/api.ts';
import { paged } from '#web/lib/paged.ts';
import { queryClient } from '#web/lib/query-client.ts';
import type { Wire } from '#web/lib/wire.ts';
import { withoutItem } from '../without-item.ts';

export type ApiToken = Wire<typeof apiToken>;
export type NewToken = Wire<typeof newToken>;
export type MadeToken = Wire<typeof madeToken>;

export const tokensQuery = paged<ApiToken>({ queryKey: ['tokens', 'list'], path: '/api/tokens' });

export const scopesQuery = queryOptions({
  queryKey: ['tokens', 'scopes'],
  queryFn: async ({ signal }) =>
    (await api.get<{ scopes: string[] }>('/api/tokens/scopes', { signal })).scopes,
});

export async function makeToken(token: NewToken): Promise<MadeToken> {
  const made = await api.post<MadeToken>('/api/tokens', token);
  void queryClient.invalidateQueries({ queryKey: tokensQuery.queryKey });
  return made;
}

export async function revokeToken(id: string): Promise<void> {
  await api.delete(`/api/tokens/${id}`);
  queryClient.setQueryData(tokensQuery.queryKey, (list) => withoutItem(list, id));
}
