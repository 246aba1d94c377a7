import { Stack } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { toastFailure } from '#web/ui/toast.tsx';
import { isNew } from './is-new.ts';
import { markRead } from './mark-read.ts';
import { mergeKept } from './merge-kept.ts';
import { NoNotifications } from './no-notifications.tsx';
import { NotificationItem } from './notification-item.tsx';
import { usePendingRead, withPendingRead } from './pending-read.ts';
import { notificationsQuery, type Notification } from './queries.ts';

/** All, or those unread when the list was opened and since. */
export function NotificationList({ unread }: { unread: boolean }) {
  const list = useInfiniteQuery(notificationsQuery({ unread }));
  const [kept, setKept] = useState<Notification[]>([]);
  const pending = usePendingRead();
  if (list.isPending) return <ListSkeleton height={84} />;
  if (list.isError) return <Failure error={list.error} retry={() => void list.refetch()} />;

  const items = withPendingRead(list.data, pending);
  const shown = unread ? mergeKept(items.filter(isNew), kept) : items;
  if (shown.length === 0) return <NoNotifications unread={unread} />;

  const read = (item: Notification) => {
    if (item.read_at !== null) return;
    const read_at = new Date().toISOString();
    setKept((before) => [...before, { ...item, read_at }]);
    markRead(item).catch(toastFailure);
  };
  return (
    <>
      <Stack component="ul" gap="xs" m={0} p={0}>
        {shown.map((item) => (
          <NotificationItem key={item.id} item={item} onRead={read} />
        ))}
      </Stack>
      <LoadMore query={list} />
    </>
  );
}
