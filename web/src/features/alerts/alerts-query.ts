import { queryOptions } from '@tanstack/react-query';
import type { alert } from '#features/alerts/contract.ts';
import { api } from '#web/lib/api.ts';
import { paged } from '#web/lib/paged.ts';
import type { Wire, WirePage } from '#web/lib/wire.ts';

export type Alert = Wire<typeof alert>;

/** What is wrong now, the newest first. */
export const openAlertsQuery = queryOptions({
  queryKey: ['alerts', 'open'],
  queryFn: async ({ signal }) => {
    const page = await api.get<WirePage<typeof alert>>('/api/alerts', { query: { open: true }, signal });
    return page.items;
  },
});

/** What is wrong now and what was, the newest first. */
export const alertsQuery = paged<Alert>({ queryKey: ['alerts', 'list'], path: '/api/alerts', limit: 20 });
