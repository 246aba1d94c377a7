import { queryOptions, keepPreviousData } from '@tanstack/react-query';
import type { usageItem, usageReport } from '#features/usage/contract.ts';
import { api } from '#web/lib/api.ts';
import type { Wire } from '#web/lib/wire.ts';

export type UsageReport = Wire<typeof usageReport>;
export type UsageItem = Wire<typeof usageItem>;

/** The lengths of time one can look at, in days up to today. */
export const ranges = [7, 30, 90] as const;
export type Range = (typeof ranges)[number];

/** What a bar is as long as. */
export type Measure = 'tokens' | 'cost';

interface UsageFilter {
  /** First day, in the user's zone. */
  from: string;
  by: 'day,model' | 'assistant' | 'subject';
}

export function usageQuery({ from, by }: UsageFilter) {
  return queryOptions({
    queryKey: ['usage', from, by],
    queryFn: async ({ signal }) =>
      await api.get<UsageReport>('/api/usage', { query: { from, group_by: by }, signal }),
    placeholderData: keepPreviousData,
  });
}
