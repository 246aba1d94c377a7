import { Plural } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { CountBadge } from '#web/ui/count-badge.tsx';
import { isOpen, openApprovalsQuery } from './approval.ts';

/** How much waits for a decision; nothing when nothing does. */
export function OpenBadge() {
  const { data = [] } = useInfiniteQuery(openApprovalsQuery);
  const count = data.filter(isOpen).length;
  return (
    <CountBadge count={count}>
      <Plural value={count} one="# open" other="# open" />
    </CountBadge>
  );
}
