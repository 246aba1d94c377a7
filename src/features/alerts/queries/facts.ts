import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';

/** A process that is alive, with how its scheduler is. */
export interface ProcessFact {
  host: string;
  pid: number;
  services: string[];
  /** RFC 3339. */
  since: string;
  /** Since the loop of its scheduler has looked at due, ms, by the database's clock; negative when that was set back. */
  beat_age_ms: number;
  /** Since that has fired something, ms; since its start when it never has. */
  progress_age_ms: number;
}

/** What tells whether something is wrong, all as of one moment. */
export interface Facts {
  processes: ProcessFact[];
  /** How long ago the first due row should have fired; null: none is due; NaN: due is locked. */
  lag_ms: number | null;
  /** Keys of the system's alerts that are open. */
  open: string[];
  /** How many alerts are open, by code. */
  counts: Record<string, number>;
}

/** One query in one round trip: every process asks every other second. For the system role. */
export async function selectFacts(db: Db): Promise<Facts> {
  const { rows } = await sql<Facts>`
    with clock as materialized (select app_now() as now)
    select
      coalesce((
        select jsonb_agg(jsonb_build_object(
          'host', w.host, 'pid', w.pid, 'services', w.services, 'since', w.started_at,
          'beat_age_ms', extract(epoch from clock.now - coalesce(w.scheduler_seen_at, w.started_at)) * 1000,
          'progress_age_ms', extract(epoch from clock.now - coalesce(w.scheduler_fired_at, w.started_at)) * 1000
        ) order by w.started_at)
        from workers w, clock where w.id in (select live_workers())), '[]') as processes,
      due_lag_ms() as lag_ms,
      array(select a.key from alerts a where a.cleared_at is null and a.user_id is null) as open,
      coalesce((
        select jsonb_object_agg(code, count)
        from (select a.code, count(*) as count from alerts a where a.cleared_at is null group by a.code) as by_code
      ), '{}') as counts`.execute(db);
  const facts = rows[0]!;
  return {
    ...facts,
    processes: facts.processes.map((one) => ({ ...one, since: new Date(one.since).toISOString() })),
  };
}
