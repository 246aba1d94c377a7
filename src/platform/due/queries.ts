import { sql, type RawBuilder } from 'kysely';
import type { Db, Tx } from '#platform/db/index.ts';

/** A schedule whose instant has come. */
export interface DueRow {
  schedule_id: string;
  revision: number;
  fire_at: Date;
}

export interface ClaimDueOptions {
  limit: number;
  /** None but these; default all. */
  only?: string[];
  /** All but these. */
  except?: string[];
  /** Where something has been due for at most so long, ms, that and nothing else. */
  fresh_ms?: number;
}

/**
 * The rows due by the database's clock, locked until the transaction ends; others' are passed over. Their schedules
 * are locked with them: who edits or deletes one locks it first and its due row second, and would deadlock with a
 * scheduler that did it the other way round.
 */
export async function claimDue(db: Db, options: ClaimDueOptions): Promise<{ now: Date; rows: DueRow[] }> {
  const { limit, only, except = [], fresh_ms } = options;
  const claimed = (between: RawBuilder<unknown>, most: RawBuilder<unknown>) => sql`
    select d.schedule_id, d.revision, d.fire_at, (select now from clock) as now
    from due d join schedules s on s.id = d.schedule_id
    where d.fire_at <= (select now from clock) ${between}
      ${only ? sql`and d.schedule_id = any(${only}::uuid[])` : sql``}
      ${except.length > 0 ? sql`and d.schedule_id <> all(${except}::uuid[])` : sql``}
    order by d.fire_at limit ${most} for no key update skip locked`;
  const fresh = sql`and d.fire_at > (select now from clock) - ${fresh_ms}::float8 * interval '1 millisecond'`;
  const { rows } = await sql<DueRow & { now: Date }>`
    with clock as materialized (select app_now() as now)
    ${
      fresh_ms === undefined
        ? claimed(sql``, sql`${limit}`)
        : sql`
    , fresh as materialized (${claimed(fresh, sql`${limit}`)}
    ), overdue as materialized (${claimed(sql``, sql`case when exists (select from fresh) then 0 else ${limit} end`)}
    )
    select * from fresh union all select * from overdue`
    }`.execute(db);
  return { now: rows[0]?.now ?? new Date(0), rows };
}

/** Moves claimed rows to their next instants and removes those that have none, with the commit. */
export function moveDue(tx: Tx, next: { schedule_id: string; fire_at: Date | null }[]): void {
  const ended = next.filter(({ fire_at }) => fire_at === null).map(({ schedule_id }) => schedule_id);
  const moved = next.filter(({ fire_at }) => fire_at !== null);
  if (ended.length > 0) tx.last(sql`delete from due where schedule_id = any(${ended}::uuid[])`);
  if (moved.length > 0) {
    tx.last(sql`
      update due set fire_at = n.fire_at
      from unnest(${moved.map(({ schedule_id }) => schedule_id)}::uuid[],
                  ${moved.map(({ fire_at }) => fire_at)}::timestamptz[]) as n(schedule_id, fire_at)
      where due.schedule_id = n.schedule_id`);
  }
}

/** Ms from the database's now to the next instant (negative when overdue); null when nothing is scheduled. */
export async function untilNextDue(db: Db, except: string[] = []): Promise<number | null> {
  const { rows } = await sql<{ ms: number | null }>`
    select extract(epoch from min(fire_at) - app_now())::float8 * 1000 as ms from due
    ${except.length > 0 ? sql`where schedule_id <> all(${except}::uuid[])` : sql``}`.execute(db);
  return rows[0]?.ms ?? null;
}

/** Writes a schedule's next instant; null takes it out of due. Wakes the schedulers when the transaction commits. */
export async function setDue(
  tx: Tx,
  next: { schedule_id: string; revision: number; fire_at: Date | null },
): Promise<void> {
  await sql`select set_due(${next.schedule_id}, ${next.revision}, ${next.fire_at})`.execute(tx.db);
  if (next.fire_at) tx.hint('due');
}

/** The same for many schedules of one user, or for any by the system. */
export async function setManyDue(
  tx: Tx,
  next: { schedule_id: string; revision: number; fire_at: Date | null }[],
): Promise<void> {
  if (next.length === 0) return;
  await sql`
    select set_due(d.schedule_id, d.revision, d.fire_at)
    from unnest(${next.map(({ schedule_id }) => schedule_id)}::uuid[], ${next.map((d) => d.revision)}::int[],
                ${next.map((d) => d.fire_at)}::timestamptz[]) as d(schedule_id, revision, fire_at)`.execute(
    tx.db,
  );
  tx.hint('due');
}
