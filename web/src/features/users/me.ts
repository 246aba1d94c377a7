import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import type { ownAccount, preferences } from '#features/users/contract.ts';
import { api } from '#web/lib/api.ts';
import { queryClient } from '#web/lib/query-client.ts';
import type { Wire } from '#web/lib/wire.ts';

export type Me = Wire<typeof ownAccount>;
export type Preferences = Wire<typeof preferences>;

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => await api.get<Me>('/api/me', { signal }),
  staleTime: Infinity,
});

/** Who is signed in. Only below the signed-in layout, which has loaded it. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** Preferences that are not named stay. */
export async function updateMe(change: Partial<Me>): Promise<Me> {
  const me = await api.patch<Me>('/api/me', change);
  queryClient.setQueryData(meQuery.queryKey, me);
  return me;
}
