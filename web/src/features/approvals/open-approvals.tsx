import { useInfiniteQuery } from '@tanstack/react-query';
import { Trans, useLingui } from '@lingui/react/macro';
import CircleCheck from 'lucide-react/icons/circle-check';
import { useRef } from 'react';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { isOpen, openApprovalsQuery, type Approval, type Decision } from './approval.ts';
import { ApprovalCard } from './approval-card.tsx';
import { decide } from './decide.tsx';
import classes from './approval-card.module.css';

/** What waits for a decision: those that expire first come first. */
export function OpenApprovals() {
  const { t } = useLingui();
  const query = useInfiniteQuery(openApprovalsQuery);
  const list = useRef<HTMLUListElement>(null);
  if (query.isPending) return <ListSkeleton rows={2} height={220} />;
  if (!query.data) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const open = query.data.filter(isOpen).toReversed();

  const settle = (approval: Approval, decision: Decision) => {
    // By keyboard one goes on with the next; behind the last one, with the page.
    const cards = Array.from(list.current?.querySelectorAll<HTMLElement>('article') ?? []);
    const at = open.indexOf(approval);
    (cards[at + 1] ?? cards[at - 1] ?? document.querySelector<HTMLElement>('main'))?.focus();
    void decide(approval, decision);
  };

  if (open.length === 0) {
    return (
      <EmptyState icon={<CircleCheck size={28} aria-hidden />} title={t`Nothing waits for you`}>
        <Trans>
          When an assistant wants to do something that you have kept for yourself to allow, it asks here.
        </Trans>
      </EmptyState>
    );
  }
  return (
    <>
      <ul ref={list} className={classes['list']} aria-label={t`Waiting for your decision`}>
        {open.map((approval) => (
          <li key={approval.id}>
            <ApprovalCard approval={approval} onDecide={(decision) => settle(approval, decision)} />
          </li>
        ))}
      </ul>
      <LoadMore query={query} />
    </>
  );
}
