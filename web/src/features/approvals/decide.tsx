import { Trans } from '@lingui/react/macro';
import { api } from '#web/lib/api.ts';
import { changingItem } from '#web/lib/changing-item.ts';
import { Problem } from '#web/lib/problem.ts';
import { toast, toastFailure } from '#web/ui/toast.tsx';
import type { Approval, Decision } from './approval.ts';

const verbs = { approved: 'approve', rejected: 'reject' } as const;

/** Shown as decided at once; taken back, with words, when the server refuses. Returns whether it stands. */
export async function decide(approval: Approval, status: Decision): Promise<boolean> {
  const decided_at = new Date().toISOString();
  try {
    await changingItem(
      'approvals',
      approval,
      { status, decided_at, decided_via: 'web' },
      async () => await api.post(`/api/approvals/${approval.id}/${verbs[status]}`),
    );
    return true;
  } catch (error) {
    tellRefusal(error);
    return false;
  }
}

function tellRefusal(error: unknown): void {
  const code = error instanceof Problem ? error.code : undefined;
  if (code === 'approvals.expired') {
    toast(<Trans>It is too late: the time to decide is over. Nothing was done.</Trans>);
  } else if (code === 'approvals.decided') {
    toast(<Trans>This was decided already, in another place. What was decided there holds.</Trans>);
  } else if (code === 'approvals.not_found') {
    toast(<Trans>This is not asked any more.</Trans>);
  } else toastFailure(error);
}
