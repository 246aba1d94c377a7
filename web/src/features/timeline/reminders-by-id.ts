import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Reminder } from '#web/features/reminders/reminder.ts';
import { api } from '#web/lib/api.ts';
import type { Page } from '#web/lib/wire.ts';

const PER_PAGE = 200;
/** Of those that come later a timeline shows only when and what. */
const MOST_PAGES = 5;

const soonestQuery = queryOptions({
  queryKey: ['reminders', 'soonest'],
  queryFn: async ({ signal }) => {
    const items: Reminder[] = [];
    let cursor: string | null | undefined;
    for (let pages = 0; pages < MOST_PAGES && cursor !== null; pages += 1) {
      const page: Page<Reminder> = await api.get('/api/reminders', {
        query: { status: 'active', order: 'next', limit: PER_PAGE, cursor },
        signal,
      });
      items.push(...page.items);
      cursor = page.next_cursor;
    }
    return { items };
  },
});

/** The reminders behind what comes soonest. */
export function useRemindersById(): ReadonlyMap<string, Reminder> {
  const { data } = useQuery(soonestQuery);
  return useMemo(() => new Map(data?.items.map((reminder) => [reminder.id, reminder])), [data]);
}
