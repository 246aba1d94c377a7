import { queryOptions } from '@tanstack/react-query';
import type { occurrence } from '#features/reminders/contract.ts';
import { api } from '#web/lib/api.ts';
import { paged } from '#web/lib/paged.ts';
import type { Wire } from '#web/lib/wire.ts';
import type { Reminder } from '../reminder.ts';

export function reminderQuery(id: string) {
  return queryOptions({
    queryKey: ['reminders', 'one', id],
    queryFn: async ({ signal }) =>
      await api.get<Reminder>(`/api/reminders/${encodeURIComponent(id)}`, { signal }),
  });
}

export function occurrencesOf(id: string) {
  return paged<Wire<typeof occurrence>>({
    queryKey: ['occurrences', 'of', id],
    path: `/api/reminders/${encodeURIComponent(id)}/occurrences`,
    limit: 20,
  });
}
