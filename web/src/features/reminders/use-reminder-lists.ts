import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { occurrenceOfReminder } from '#features/reminders/contract.ts';
import { paged } from '#web/lib/paged.ts';
import type { Wire } from '#web/lib/wire.ts';
import type { Reminder } from './reminder.ts';

export type Occurrence = Wire<typeof occurrenceOfReminder>;
export type Fate = Occurrence['fate'];

/** Which reminders a tab has; an optimistic change puts one in or out by the same words. */
export const listed = {
  upcoming: {
    query: { status: 'active' },
    has: (one: Reminder) => one.status === 'active' && one.next_fire_at !== null,
  },
  recurring: {
    query: { status: 'active,paused', type: 'recurring' },
    has: (one: Reminder) => one.type === 'recurring' && (one.status === 'active' || one.status === 'paused'),
  },
  paused: { query: { status: 'paused' }, has: (one: Reminder) => one.status === 'paused' },
} as const;

export type ReminderTab = keyof typeof listed;

export function useReminderList(tab: ReminderTab, q: string) {
  const { query, has } = listed[tab];
  const search = q.trim();
  const result = useInfiniteQuery({
    ...paged<Reminder>({
      queryKey: ['reminders', 'list', tab, search],
      path: '/api/reminders',
      query: { ...query, order: 'next', ...(search !== '' && { q: search }) },
    }),
    placeholderData: keepPreviousData,
  });
  return { ...result, reminders: result.data?.filter(has).toSorted(byNext) };
}

const never = '9999';

function byNext(a: Reminder, b: Reminder): number {
  const [first, second] = [a.next_fire_at ?? never, b.next_fire_at ?? never];
  if (first === second) return a.id < b.id ? -1 : 1;
  return first < second ? -1 : 1;
}

export function useHistory(fates: readonly Fate[]) {
  return useInfiniteQuery({
    ...paged<Occurrence>({
      queryKey: ['occurrences', 'list', ...fates],
      path: '/api/occurrences',
      query: fates.length === 0 ? {} : { fate: fates.join(',') },
    }),
    placeholderData: keepPreviousData,
  });
}
