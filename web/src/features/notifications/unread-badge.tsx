import { VisuallyHidden } from '@mantine/core';
import { Plural } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { unreadLeft, usePendingRead } from './pending-read.ts';
import { notificationSummaryQuery } from './queries.ts';
import classes from './unread-badge.module.css';

const MOST = 99;

/** How many notifications are unread; nothing when none is. */
export function UnreadBadge() {
  const { data } = useQuery(notificationSummaryQuery);
  const unread = unreadLeft(data?.unread ?? 0, usePendingRead());
  if (unread === 0) return null;
  return (
    <span className={classes['badge']}>
      <span aria-hidden="true">{unread > MOST ? `${MOST}+` : unread}</span>
      <VisuallyHidden>
        <Plural value={unread} one="# unread" other="# unread" />
      </VisuallyHidden>
    </span>
  );
}
