import { queryOptions } from '@tanstack/react-query';
import { api } from '#web/lib/api.ts';
import type { ServerStep } from './steps.ts';

export const checklistQuery = queryOptions({
  queryKey: ['checklist'],
  queryFn: async ({ signal }) => await api.get<{ items: ServerStep[] }>('/api/checklist', { signal }),
});
