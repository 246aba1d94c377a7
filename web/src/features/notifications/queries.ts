import { queryOptions } from '@tanstack/react-query';
import type { notification } from '#features/notifications/contract.ts';
import { api } from '#web/lib/api.ts';
import { paged } from '#web/lib/paged.ts';
import type { Wire } from '#web/lib/wire.ts';

export type Notification = Wire<typeof notification>;
export type Delivery = Notification['deliveries'][number];

export const notificationListsKey = ['notifications', 'list'];

/** Newest first. */
export function notificationsQuery({ unread }: { unread: boolean }) {
  return paged<Notification>({
    queryKey: [...notificationListsKey, { unread }],
    path: '/api/notifications',
    query: { unread: unread ? true : undefined },
  });
}

export const notificationSummaryQuery = queryOptions({
  queryKey: ['notifications', 'summary'],
  queryFn: async ({ signal }) => await api.get<{ unread: number }>('/api/notifications/summary', { signal }),
});
