import { queryOptions } from '@tanstack/react-query';
import type { preview } from '#features/schedules/contract.ts';
import { api } from '#web/lib/api.ts';
import { queryClient } from '#web/lib/query-client.ts';
import type { Wire } from '#web/lib/wire.ts';
import type { RepeatTime } from './repeat-rule.ts';

export type SchedulePreview = Wire<typeof preview>;
export type AskedTime = { local_time: string } | RepeatTime;

/** The next times of a rule after `from`, an instant, or now; and it in words. */
export function schedulePreview(time: AskedTime, timezone: string, from?: string) {
  return queryOptions({
    queryKey: ['schedules', 'preview', time, timezone, from],
    queryFn: async ({ signal }) =>
      await api.post<SchedulePreview>(
        '/api/schedules/preview',
        { ...time, timezone, ...(from !== undefined && { from }) },
        { signal },
      ),
    staleTime: 30_000,
  });
}

/**
 * The instant at which clock and calendar of a zone show this.
 * @throws Problem when that has passed
 */
export async function instantOf(local_time: string, timezone: string): Promise<string> {
  const { next } = await queryClient.query({ ...schedulePreview({ local_time }, timezone), staleTime: 0 });
  const [first] = next;
  if (first === undefined) throw new Error(`${local_time} never comes in ${timezone}`);
  return first;
}
