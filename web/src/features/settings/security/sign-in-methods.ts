import { queryOptions } from '@tanstack/react-query';
import type { signInMethods } from '#features/auth/contract.ts';
import { api } from '#web/lib/api.ts';
import { queryClient } from '#web/lib/query-client.ts';
import type { Wire } from '#web/lib/wire.ts';

export type SignInMethods = Wire<typeof signInMethods>;

/** Below `me`: what changes the account may change these. */
export const signInMethodsQuery = queryOptions({
  queryKey: ['me', 'sign-in-methods'],
  queryFn: async ({ signal }) => await api.get<SignInMethods>('/api/auth/methods', { signal }),
});

export async function refreshSignInMethods(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: signInMethodsQuery.queryKey });
}
