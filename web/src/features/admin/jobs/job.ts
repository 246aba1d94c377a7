import type { job } from '#features/jobs/contract.ts';
import { paged } from '#web/lib/paged.ts';
import type { Wire } from '#web/lib/wire.ts';

export type Job = Wire<typeof job>;
export type JobStatus = Job['status'];

export const statuses: readonly JobStatus[] = [
  'pending',
  'processing',
  'failed',
  'parked',
  'cancelled',
  'completed',
];

/** Those with one of these states; all with none. */
export function jobsQuery(chosen: readonly JobStatus[]) {
  const status = statuses.filter((one) => chosen.includes(one)).join(',');
  return paged<Job>({
    queryKey: ['jobs', 'list', status],
    path: '/api/jobs',
    query: status === '' ? {} : { status },
  });
}
