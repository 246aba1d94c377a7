import { Anchor } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import ArrowLeft from 'lucide-react/icons/arrow-left';
import { Problem } from '#web/lib/problem.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { Page } from '#web/ui/page.tsx';
import { Rows } from '#web/ui/rows.tsx';
import { approvalQuery, isOpen } from './approval.ts';
import { ApprovalCard } from './approval-card.tsx';
import { decide } from './decide.tsx';
import { DecidedRow } from './decided-row.tsx';

/** One of them, e.g. what a notification is about. */
export function ApprovalPage() {
  const { t } = useLingui();
  const { approvalId } = useParams({ from: '/signed-in/approvals/$approvalId' });
  const { data, error, refetch } = useQuery(approvalQuery(approvalId));
  const isGone = error instanceof Problem && error.status === 404;
  return (
    <Page title={t`Approval`}>
      <Anchor component={Link} to="/approvals" size="sm" display="block" mb="md">
        <ArrowLeft size={14} aria-hidden /> <Trans>All approvals</Trans>
      </Anchor>
      {!data && !error && <ListSkeleton rows={1} height={220} />}
      {isGone && (
        <EmptyState title={t`This is not asked any more`}>
          <Trans>It went with its conversation, or the address is wrong.</Trans>
        </EmptyState>
      )}
      {error && !data && !isGone && <Failure error={error} retry={() => void refetch()} />}
      {data &&
        (isOpen(data) ? (
          <ApprovalCard approval={data} onDecide={(decision) => void decide(data, decision)} />
        ) : (
          <Rows label={t`Decided`}>
            <DecidedRow approval={data} />
          </Rows>
        ))}
    </Page>
  );
}
