import { Plural } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { CountBadge } from '#web/ui/count-badge.tsx';
import { unreadLeft, usePendingRead } from './pending-read.ts';
import { notificationSummaryQuery } from './queries.ts';

/** How many notifications are unread; nothing when none is. */
export function UnreadBadge() {
  const { data } = useQuery(notificationSummaryQuery);
  const unread = unreadLeft(data?.unread ?? 0, usePendingRead());
  return (
    <CountBadge count={unread}>
      <Plural value={unread} one="# unread" other="# unread" />
    </CountBadge>
  );
}
