import { queryOptions } from '@tanstack/react-query';
import type { invitation, madeInvitation } from '#features/auth/joining/contract.ts';
import type { ShownSettings } from '#features/settings/contract.ts';
import { api } from '#web/lib/api.ts';
import { paged } from '#web/lib/paged.ts';
import { queryClient } from '#web/lib/query-client.ts';
import type { Wire } from '#web/lib/wire.ts';

export type Invitation = Wire<typeof invitation>;
export type MadeInvitation = Wire<typeof madeInvitation>;
export type Settings = ShownSettings;

export const invitationsQuery = paged<Invitation>({
  queryKey: ['invitations', 'list'],
  path: '/api/invitations',
});

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: async ({ signal }) => await api.get<Settings>('/api/settings', { signal }),
});

export async function refreshInvitations(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['invitations'] });
}

/** What has become of it. */
export function stateOf(
  { used_at, expires_at }: Pick<Invitation, 'used_at' | 'expires_at'>,
  now: number,
): 'open' | 'used' | 'over' {
  if (used_at !== null) return 'used';
  return new Date(expires_at).getTime() > now ? 'open' : 'over';
}
