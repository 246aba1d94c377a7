import { queryOptions } from '@tanstack/react-query';
import type { occurrence } from '#features/reminders/contract.ts';
import { api } from '#web/lib/api.ts';
import type { WirePage } from '#web/lib/wire.ts';

/** Only where no live event told. */
const LOOK_AGAIN_MS = 5_000;

/** How the reminder fired; null until it has. */
export function arrivalQuery(reminderId: string) {
  return queryOptions({
    queryKey: ['occurrences', 'arrival', reminderId],
    queryFn: async ({ signal }) => {
      const path = `/api/reminders/${reminderId}/occurrences`;
      const { items } = await api.get<WirePage<typeof occurrence>>(path, { query: { limit: 1 }, signal });
      return items[0] ?? null;
    },
    refetchInterval: ({ state }) => (state.data || state.error ? false : LOOK_AGAIN_MS),
  });
}
