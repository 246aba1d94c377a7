import { Button } from '@mantine/core';
import { Plural, Trans } from '@lingui/react/macro';
import { useQuery, useInfiniteQuery } from '@tanstack/react-query';
import CheckCheck from 'lucide-react/icons/check-check';
import { toastFailure, toastUndo } from '#web/ui/toast.tsx';
import { markAllRead } from './mark-read.ts';
import { usePendingRead } from './pending-read.ts';
import { notificationsQuery, notificationSummaryQuery } from './queries.ts';

/** Marks all there are as read, which can be undone for a while. */
export function MarkAllReadButton() {
  const { data: summary } = useQuery(notificationSummaryQuery);
  const { data: newest } = useInfiniteQuery(notificationsQuery({ unread: false }));
  const pending = usePendingRead();
  const count = summary?.unread ?? 0;
  const up_to = newest?.[0]?.id;
  const isIdle = count === 0 || up_to === undefined || pending !== undefined;
  const mark = () => {
    if (isIdle) return;
    const { undo, settle } = markAllRead({ up_to, count });
    toastUndo({
      message: <Plural value={count} one="Marked # as read." other="Marked # as read." />,
      undo,
      settle: () => void settle().catch(toastFailure),
    });
  };
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<CheckCheck size={14} aria-hidden />}
      {...(isIdle && { 'data-disabled': true })}
      aria-disabled={isIdle}
      onClick={mark}
    >
      <Trans>Mark all as read</Trans>
    </Button>
  );
}
