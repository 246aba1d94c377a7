import { queryOptions } from '@tanstack/react-query';
import type { approval } from '#features/approvals/contract.ts';
import { api } from '#web/lib/api.ts';
import { paged } from '#web/lib/paged.ts';
import type { Wire } from '#web/lib/wire.ts';

/** A decision asked of the user. */
export type Approval = Wire<typeof approval>;
export type Reason = Approval['request']['reasons'][number];
export type Decision = 'approved' | 'rejected';

/** As many as an answer is asked for: hardly anybody has more open. */
const MOST_OPEN = 100;

/** What waits for a decision, newest first. */
export const openApprovalsQuery = paged<Approval>({
  queryKey: ['approvals', 'open'],
  path: '/api/approvals',
  query: { status: 'pending' },
  limit: MOST_OPEN,
});

/** All of them, newest first. */
export const approvalsQuery = paged<Approval>({ queryKey: ['approvals', 'all'], path: '/api/approvals' });

export function approvalQuery(id: string) {
  return queryOptions({
    queryKey: ['approvals', 'one', id],
    queryFn: async ({ signal }) => await api.get<Approval>(`/api/approvals/${id}`, { signal }),
  });
}

export function isOpen({ status }: Pick<Approval, 'status'>): boolean {
  return status === 'pending';
}

/** Past its time, though the server has not said so yet. */
export function isLate({ expires_at }: Pick<Approval, 'expires_at'>, now: number): boolean {
  return new Date(expires_at).getTime() <= now;
}
