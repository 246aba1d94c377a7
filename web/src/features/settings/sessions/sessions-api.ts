import type { session } from '#features/auth/contract.ts';
import { api } from '#web/lib/api.ts';
import { paged } from '#web/lib/paged.ts';
import { queryClient } from '#web/lib/query-client.ts';
import type { Wire } from '#web/lib/wire.ts';
import { withoutItem } from '../without-item.ts';

export type Session = Wire<typeof session>;

/** Those that open something. */
export const sessionsQuery = paged<Session>({
  queryKey: ['sessions', 'authenticated'],
  path: '/api/sessions',
  query: { status: 'authenticated' },
});

export async function endSession(id: string): Promise<void> {
  await api.delete(`/api/sessions/${id}`);
  queryClient.setQueryData(sessionsQuery.queryKey, (list) => withoutItem(list, id));
}

export async function endOtherSessions(): Promise<void> {
  await api.delete('/api/sessions');
  await queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey });
}
