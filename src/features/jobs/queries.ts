import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';
import type { ItemStatus } from '#platform/lanes/index.ts';
import type { Job } from './contract.ts';

export interface JobRecord extends Omit<Job, 'id' | 'priority'> {
  priority: 0 | 1 | 2;
  /** When it was enqueued, in microseconds: the instant a cursor has. */
  position: number;
}

export interface JobFilter {
  /** Whose; undefined for everyone's. */
  user_id?: string | undefined;
  status?: ItemStatus[] | undefined;
  type?: Job['type'][] | undefined;
}

/** Where a page ends: the sort key of its last job. */
export type JobPosition = [position: number, lane: string, seq: number];

const columns = sql`i.lane_key as lane, i.seq, l.user_id, i.status, i.priority, i.type, i.kind, i.attempt as attempts,
  i.error, i.enqueued_at, i.started_at, i.finished_at,
  greatest(0, extract(epoch from coalesce(i.finished_at, (select app_now())) - i.enqueued_at) * 1000)::bigint as age_ms,
  (extract(epoch from i.enqueued_at) * 1000000)::bigint as position`;

/** What a status says about the row in words that an index has. */
function alsoTrue(status: ItemStatus[]) {
  if (status.every((one) => one === 'parked' || one === 'failed')) return sql`and i.error is not null`;
  if (status.every((one) => one === 'pending' || one === 'processing')) return sql`and i.finished_at is null`;
  return sql``;
}

/** For the system role: newest first, those after `after` in that order. */
export async function selectJobs(
  db: Db,
  { user_id, status, type }: JobFilter,
  { after, count }: { after: JobPosition | undefined; count: number },
): Promise<JobRecord[]> {
  const [position, lane, seq] = after ?? [];
  const { rows } = await sql<JobRecord>`
    select ${columns} from lane_items i join lanes l on l.key = i.lane_key
    where true
      ${user_id === undefined ? sql`` : sql`and l.user_id = ${user_id}`}
      ${status === undefined ? sql`` : sql`and i.status = any(${status}::text[]) ${alsoTrue(status)}`}
      ${type === undefined ? sql`` : sql`and i.type = any(${type}::text[])`}
      ${
        after === undefined
          ? sql``
          : sql`and (i.enqueued_at, i.lane_key, i.seq) <
                (timestamptz 'epoch' + ${position}::float8 * interval '1 microsecond', ${lane}::text, ${seq}::bigint)`
      }
    order by i.enqueued_at desc, i.lane_key desc, i.seq desc
    limit ${count}`.execute(db);
  return rows;
}

/** For the system role. */
export async function selectJob(db: Db, lane: string, seq: number): Promise<JobRecord | undefined> {
  const { rows } = await sql<JobRecord>`
    select ${columns} from lane_items i join lanes l on l.key = i.lane_key
    where i.lane_key = ${lane} and i.seq = ${seq}`.execute(db);
  return rows[0];
}
