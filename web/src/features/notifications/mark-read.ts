import type { InfiniteData } from '@tanstack/react-query';
import { api } from '#web/lib/api.ts';
import { onLive } from '#web/lib/live/index.ts';
import { queryClient } from '#web/lib/query-client.ts';
import type { Page } from '#web/lib/wire.ts';
import { isNew } from './is-new.ts';
import { setPendingRead, type PendingRead } from './pending-read.ts';
import { notificationListsKey, notificationSummaryQuery, type Notification } from './queries.ts';

const path = '/api/notifications';
/** What one request may hold. */
const AT_ONCE = 200;

async function refresh(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['notifications'] });
}

/** Shows them as read at once, and tells the server. */
export async function markRead(...items: Notification[]): Promise<void> {
  const ids = new Set(items.filter(({ read_at }) => read_at === null).map(({ id }) => id));
  if (ids.size === 0) return;
  const counted = items.filter(isNew).length;
  const read_at = new Date().toISOString();
  queryClient.setQueriesData<InfiniteData<Page<Notification>>>({ queryKey: notificationListsKey }, (data) =>
    data === undefined
      ? undefined
      : {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            items: page.items.map((item) => (ids.has(item.id) ? { ...item, read_at } : item)),
          })),
        },
  );
  queryClient.setQueryData(notificationSummaryQuery.queryKey, (summary) =>
    summary ? { unread: Math.max(0, summary.unread - counted) } : undefined,
  );
  try {
    await api.post(`${path}/read`, { ids: [...ids] });
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
