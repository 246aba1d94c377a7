import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { Rows } from '#web/ui/rows.tsx';
import { approvalsQuery, isOpen } from './approval.ts';
import { DecidedRow } from './decided-row.tsx';

/** What was decided, newest first. */
export function DecidedApprovals() {
  const { t } = useLingui();
  const query = useInfiniteQuery(approvalsQuery);
  if (query.isPending) return <ListSkeleton rows={4} height={68} />;
  if (!query.data) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const decided = query.data.filter((approval) => !isOpen(approval));
  if (decided.length === 0 && !query.hasNextPage) {
    return (
      <EmptyState title={t`Nothing was decided yet`}>
        <Trans>What you approve and reject is kept here: what it was, when, and from where.</Trans>
      </EmptyState>
    );
  }
  return (
    <>
      <Rows label={t`Decided`}>
        {decided.map((approval) => (
          <DecidedRow key={approval.id} approval={approval} />
        ))}
      </Rows>
      <LoadMore query={query} />
    </>
  );
}
