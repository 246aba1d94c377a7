import type { account } from '#features/users/contract.ts';
import type { resetLink } from '#features/auth/joining/contract.ts';
import { api } from '#web/lib/api.ts';
import { changingItem } from '#web/lib/changing-item.ts';
import { paged } from '#web/lib/paged.ts';
import { queryClient } from '#web/lib/query-client.ts';
import type { Wire } from '#web/lib/wire.ts';

export type Account = Wire<typeof account>;
export type ResetLink = Wire<typeof resetLink>;

export const accountsQuery = paged<Account>({ queryKey: ['users', 'list'], path: '/api/users' });

export async function refreshAccounts(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['users'] });
}

export type AccountChange = Partial<Pick<Account, 'role' | 'is_active'>>;

/** Shown at once as it will be. */
export async function changeAccount(account: Account, change: AccountChange): Promise<void> {
  const request = async () => await api.patch(`/api/users/${account.id}`, change);
  await changingItem('users', account, change, request);
}

export async function makeResetLink({ id }: { id: string }): Promise<ResetLink> {
  return await api.post<ResetLink>(`/api/users/${id}/reset-link`);
}

/** With what somebody is told from others: the address, or the name where there is none. */
export function addressOf({ email, name }: Pick<Account, 'email' | 'name'>): string {
  return email ?? name;
}
