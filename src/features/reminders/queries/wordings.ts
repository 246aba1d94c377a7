import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';

/** A reminder that comes before long, and whose assistant has a model that can word it. */
export interface ComingReminder {
  reminder_id: string;
  user_id: string;
  assistant_id: string;
  fire_at: Date;
  /** By the database's clock, when it was asked. */
  ms_left: number;
  /** `provider/model`s of the assistant, best first; null for the default one. */
  model: string | null;
  fallback_models: string[];
}

export interface ComingWindow {
  /** Ms from now: what comes sooner can't be ready. */
  least_ms: number;
  most_ms: number;
  /** Only what comes after this one, which was looked at before. */
  after: Date | undefined;
  default_model: string;
  last_resort: string;
  limit: number;
}

/** Rules that come more often than this are worded only for users who have asked for it. */
const OFTEN = sql`interval '59 minutes'`;

/**
 * What comes in the window and is to be worded, soonest first; with `scanned_to` how far it was looked, `limit` instants
 * at most, whatever they are. For the system role: an index read, bounded however many come.
 */
export async function selectComing(
  db: Db,
  { least_ms, most_ms, after, default_model, last_resort, limit }: ComingWindow,
): Promise<{ coming: ComingReminder[]; scanned_to: Date | undefined }> {
  const { rows } = await sql<ComingReminder & { wanted: boolean }>`
    with scanned as materialized (
      select d.schedule_id, d.fire_at from due d
      where d.fire_at > greatest(app_now() + ${least_ms}::float8 * interval '1 millisecond', ${after ?? '-infinity'}::timestamptz)
        and d.fire_at <= app_now() + ${most_ms}::float8 * interval '1 millisecond'
      order by d.fire_at limit ${limit})
    select r.id as reminder_id, r.user_id, a.id as assistant_id, c.fire_at, a.model,
      coalesce(a.settings -> 'fallback_models', '[]') as fallback_models,
      extract(epoch from c.fire_at - app_now())::float8 * 1000 as ms_left,
      coalesce(r.prepared_for is distinct from c.fire_at
        and a.is_active and a.assistant_type = 'llm'
        and (coalesce(a.model, ${default_model}) <> ${last_resort} or a.settings ? 'fallback_models')
        and u.is_active and s.nagging_since is null
        and case u.preferences -> 'spoken_reminders'
          when 'true' then true when 'false' then false
          else s.type = 'one_time' or s.last_fired_at is null or s.last_fired_at <= c.fire_at - ${OFTEN} end, false) as wanted
    from scanned c
    left join reminders r on r.schedule_id = c.schedule_id
    left join schedules s on s.id = c.schedule_id
    left join users u on u.id = r.user_id
    left join assistants a on a.id = r.assistant_id
    order by c.fire_at`.execute(db);
  return { coming: rows.filter(({ wanted }) => wanted), scanned_to: rows.at(-1)?.fire_at };
}

/** Whether any assistant names a model that could word something. */
export async function hasOwnModels(db: Db, last_resort: string): Promise<boolean> {
  const { rows } = await sql`
    select from assistants where model <> ${last_resort} or settings ? 'fallback_models' limit 1`.execute(db);
  return rows.length > 0;
}

/** What is to be said, once it is ours to word. */
export interface ClaimedWording {
  text: string;
  title: string | null;
  instructions: string;
  timezone: string;
  locale: string;
}

/** Makes the wording of one instant ours; undefined when somebody has it, or it comes at another time by now. */
export async function claimWording(
  db: Db,
  { reminder_id, fire_at }: Pick<ComingReminder, 'reminder_id' | 'fire_at'>,
): Promise<ClaimedWording | undefined> {
  const { rows } = await sql<ClaimedWording>`
    update reminders r set prepared_for = ${fire_at}, prepared_at = app_now(), prepared_text = null
    from due d, assistants a, users u
    where r.id = ${reminder_id} and r.prepared_for is distinct from ${fire_at}
      and d.schedule_id = r.schedule_id and d.fire_at = ${fire_at}
      and a.id = r.assistant_id and u.id = r.user_id
    returning r.payload ->> 'text' as text, r.title, a.instructions, u.timezone, u.locale`.execute(db);
  return rows[0];
}

/** Keeps what will be said, unless the reminder has other words or another time by now. */
export async function storeWording(
  db: Db,
  { reminder_id, fire_at }: Pick<ComingReminder, 'reminder_id' | 'fire_at'>,
  wording: string,
): Promise<void> {
  await sql`update reminders set prepared_text = ${wording}
    where id = ${reminder_id} and prepared_for = ${fire_at} and prepared_text is null`.execute(db);
}
