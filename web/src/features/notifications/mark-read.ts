import type { InfiniteData } from '@tanstack/react-query';
import { api } from '#web/lib/api.ts';
import { onLive } from '#web/lib/live/index.ts';
import { queryClient } from '#web/lib/query-client.ts';
import type { Page } from '#web/lib/wire.ts';
import { setPendingRead, type PendingRead } from './pending-read.ts';
import { notificationListsKey, notificationSummaryQuery, type Notification } from './queries.ts';

const path = '/api/notifications';
/** What one request may hold. */
const AT_ONCE = 200;

async function refresh(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['notifications'] });
}

/** Shows it as read at once, and tells the server. */
export async function markRead(item: Notification): Promise<void> {
  if (item.read_at !== null) return;
  const read_at = new Date().toISOString();
  queryClient.setQueriesData<InfiniteData<Page<Notification>>>({ queryKey: notificationListsKey }, (data) =>
    data === undefined
      ? undefined
      : {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            items: page.items.map((other) => (other.id === item.id ? { ...other, read_at } : other)),
          })),
        },
  );
  queryClient.setQueryData(notificationSummaryQuery.queryKey, (summary) =>
    summary ? { unread: Math.max(0, summary.unread - 1) } : undefined,
  );
  try {
    await api.post(`${path}/${item.id}/read`);
  } catch (error) {
    await refresh();
    throw error;
  }
}

/** Shows them all as read. Nothing is sent before `settle`, so that `undo` has nothing to take back. */
export function markAllRead(pending: PendingRead): { undo: () => void; settle: () => Promise<void> } {
  let hasNewer = false;
  const stop = onLive(['notification.created', 'live.online'], () => {
    hasNewer = true;
  });
  setPendingRead(pending);
  return {
    undo: () => {
      stop();
      setPendingRead(undefined);
    },
    settle: async () => {
      stop();
      try {
        if (hasNewer) await readUpTo(pending.up_to);
        else await api.post(`${path}/read`, { all: true }, { keepalive: true });
        await refresh();
      } finally {
        setPendingRead(undefined);
      }
    },
  };
}

/** Those that came since have not been seen: they stay unread. */
async function readUpTo(id: string): Promise<void> {
  let cursor: string | undefined;
  do {
    const query = { unread: true, limit: AT_ONCE, cursor };
    const page: Page<Notification> = await api.get(path, { query });
    const ids = page.items.map((item) => item.id).filter((other) => other <= id);
    if (ids.length > 0) await api.post(`${path}/read`, { ids });
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
}
