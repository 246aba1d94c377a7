import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isOpen, openApprovalsQuery } from '#web/features/approvals/approval.ts';
import { markRead } from '#web/features/notifications/mark-read.ts';
import { mergeKept } from '#web/features/notifications/merge-kept.ts';
import { usePendingRead, withPendingRead } from '#web/features/notifications/pending-read.ts';
import { notificationsQuery, type Notification } from '#web/features/notifications/queries.ts';
import { toastFailure } from '#web/ui/toast.tsx';
import { aboutTheSame, needing } from './needing.ts';

/** What waits for the user; what is opened here stays until it is handled or the page is left. */
export function useNeeding() {
  const query = useInfiniteQuery(notificationsQuery({ unread: true }));
  const { data: approvals } = useInfiniteQuery(openApprovalsQuery);
  const pending = usePendingRead();
  const [kept, setKept] = useState<Notification[]>([]);

  const unread = withPendingRead(query.data ?? [], pending);
  const readWithTheSame = (item: Notification) => {
    markRead(...aboutTheSame(item, unread)).catch(toastFailure);
  };

  const read = (item: Notification) => {
    if (item.read_at !== null) return;
    setKept((before) => [...before, { ...item, read_at: new Date().toISOString() }]);
    readWithTheSame(item);
  };
  const handled = (item: Notification) => {
    setKept((before) => before.filter(({ id }) => id !== item.id));
    readWithTheSame(item);
  };
  const open = approvals && new Set(approvals.filter(isOpen).map(({ id }) => id));
  return { query, items: mergeKept(needing(unread, open), kept), read, handled };
}
