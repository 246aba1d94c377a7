import { sql } from 'kysely';
import type pg from 'pg';
import type { Db, JsonValue } from '#platform/db/index.ts';

export interface ClaimedItem {
  key: string;
  user_id: string | null;
  fence: number;
  seq: number;
  type: 'dialog' | 'user' | 'system';
  kind: string;
  payload: Record<string, JsonValue>;
  /** Which start of it this is, from 1. */
  attempt: number;
  cancel_requested: boolean;
  enqueued_at: Date;
  /** How long the lane had been ready, ms. */
  waited_ms: number;
}

export interface ClaimOptions {
  worker: string;
  scopes: string[];
  max_count: number;
  user_cap: number;
  lease_ms: number;
  /** The owner served last: the next one's turn it is. */
  cursor_owner: string;
}

/** Leases ready lanes and starts their first items. */
export async function claimLanes(db: Db, options: ClaimOptions): Promise<ClaimedItem[]> {
  const { rows } = await sql<ClaimedItem>`select * from claim_lanes(${options.worker}, ${options.scopes},
    ${options.max_count}, ${options.user_cap}, ${options.lease_ms}, ${options.cursor_owner})`.execute(db);
  return rows;
}

/** Frees lanes of dead workers and of ended leases, the asking worker's own aside; returns their keys. */
export async function releaseDeadLeases(db: Db, asking: string): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`select release_dead_leases(${asking}) as key`.execute(db);
  return rows.map((row) => row.key);
}

/** Frees lanes leased to this worker that it does not work on (it lost the connection before it could say so). */
export async function releaseAbandoned(
  db: Db,
  worker: string,
  scopes: string[],
  working: string[],
): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    with abandoned as (
      select key from lanes
      where leased_by = ${worker} and scope = any(${scopes}) and key <> all(${working})
      for no key update skip locked
    ), freed as (
      update lanes l set leased_by = null, lease_until = null from abandoned a where l.key = a.key
      returning l.key, l.head_seq
    ), returned as (
      update lane_items i set status = 'pending' from freed
      where i.lane_key = freed.key and i.seq = freed.head_seq and i.status = 'processing'
    )
    select key from freed`.execute(db);
  return rows.map((row) => row.key);
}

/**
 * Prolongs the leases of these lanes. Returns those still held, with whether somebody asked their item to stop;
 * those not returned were taken over. A lane that is locked this moment, e.g. by its own commit, is returned but not
 * renewed: waiting for it would let the leases of all others run out.
 */
export async function renewLeases(
  db: Db,
  worker: string,
  held: { key: string; fence: number }[],
  leaseMs: number,
): Promise<{ key: string; cancel_requested: boolean; renewed: boolean }[]> {
  const { rows } = await sql<{ key: string; cancel_requested: boolean; renewed: boolean }>`
    with held as (
      select l.key, l.head_seq
      from unnest(${held.map(({ key }) => key)}::text[], ${held.map(({ fence }) => fence)}::bigint[]) as h(key, fence)
      join lanes l on l.key = h.key and l.fence = h.fence and l.leased_by = ${worker}
    ), free as (
      select key from lanes where key in (select key from held) and leased_by = ${worker}
      for no key update skip locked
    ), renewed as (
      update lanes l set lease_until = (select app_now()) + ${leaseMs}::int * interval '1 millisecond'
      from free where l.key = free.key returning l.key
    )
    select held.key, i.cancel_requested, renewed.key is not null as renewed
    from held join lane_items i on i.lane_key = held.key and i.seq = held.head_seq
    left join renewed on renewed.key = held.key`.execute(db);
  return rows;
}

export interface LiveWorker {
  host: string;
  pid: number;
  services: string[];
  started_at: Date;
}

/** The processes whose sessions are open, oldest first. */
export async function liveWorkers(db: Db): Promise<LiveWorker[]> {
  const { rows } = await sql<LiveWorker>`
    select host, pid, services, started_at from workers where id in (select live_workers()) order by started_at`.execute(
    db,
  );
  return rows;
}

/** Records how far a worker's machine is from the database's clock. */
export async function tellClockOffset(db: Db, worker: string, offsetMs: number): Promise<void> {
  const bounded = Math.max(-2_147_483_648, Math.min(2_147_483_647, offsetMs));
  await sql`update workers set clock_offset_ms = ${bounded} where id = ${worker}`.execute(db);
}

export async function touchWorker(db: Db, worker: string): Promise<void> {
  await sql`update workers set seen_at = app_now() where id = ${worker}`.execute(db);
}

/**
 * Asks the worker of the lane's first item to stop, if its payload has all of `wanted`; false when there is none such, or
 * when it ends before it is asked.
 */
export async function requestCancel(
  db: Db,
  key: string,
  wanted: Record<string, JsonValue> = {},
): Promise<boolean> {
  const { rows } = await sql<{ asked: boolean }>`
    select request_cancel(${key}, ${JSON.stringify(wanted)}::jsonb) as asked`.execute(db);
  return rows[0]?.asked ?? false;
}

/** Whether this item, not just any of its lane, was asked to stop. */
export async function isCancelRequested(
  db: Db,
  { key, seq }: Pick<ClaimedItem, 'key' | 'seq'>,
): Promise<boolean> {
  const { rows } = await sql`
    select from lane_items where lane_key = ${key} and seq = ${seq} and cancel_requested`.execute(db);
  return rows.length > 0;
}

/** Records that a worker's scheduler is at work, on its session, which waits for no disk. */
export async function beatScheduler(session: pg.Client, worker: string, fired: boolean): Promise<void> {
  await session.query(
    `update workers set scheduler_seen_at = app_now(),
       scheduler_fired_at = case when $2 then app_now() else scheduler_fired_at end where id = $1`,
    [worker, fired],
  );
}

/** Removes finished items, then empty lanes and rows of dead workers, older than this. Returns the items removed. */
export async function pruneLanes(db: Db, olderThan: Date): Promise<number> {
  const { rows } = await sql<{ removed: number }>`
    with old as (
      delete from lane_items where (lane_key, seq) in (
        select lane_key, seq from lane_items where finished_at < ${olderThan} order by finished_at limit 10000)
      returning 1)
    select count(*)::int as removed from old`.execute(db);
  await sql`
    delete from lanes where key in (
      select l.key from lanes l where l.head_seq is null and l.idle_since < ${olderThan}
        and not exists (select from lane_items i where i.lane_key = l.key)
      limit 10000 for update skip locked)`.execute(db);
  await sql`delete from workers where seen_at < ${olderThan} and id not in (select live_workers())`.execute(
    db,
  );
  return rows[0]?.removed ?? 0;
}
