import { sql, type Insertable } from 'kysely';
import type { Db, Schema } from '#platform/db/index.ts';
import type { UsageItem, UsageQuery } from './contract.ts';

export type UsageRow = Insertable<Schema['model_usage']>;

export function insertUsage(db: Db, rows: UsageRow[]) {
  return db.insertInto('model_usage').values(rows);
}

export interface Allowance {
  spent_usd: number;
  /** Null: no limit. */
  budget_usd: number | null;
}

/** What a user has spent on their own day, and may. */
export async function selectAllowance(db: Db, userId: string): Promise<Allowance | undefined> {
  return await db
    .selectFrom('users')
    .select((eb) => [
      'daily_budget_usd as budget_usd',
      eb
        .selectFrom('model_usage')
        .select(sql<number>`coalesce(sum(cost_usd), 0)::float8`.as('spent'))
        .whereRef('model_usage.user_id', '=', 'users.id')
        .where('model_usage.created_at', '>=', dayStart)
        .$asScalar()
        .$castTo<number>()
        .as('spent_usd'),
    ])
    .where('id', '=', userId)
    .$castTo<Allowance>()
    .executeTakeFirst();
}

/** One at a time for a user: held until the transaction ends. */
export async function lockBudget(db: Db, userId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`budget ${userId}`}, 0))`.execute(db);
}

/** USD that others than `except` may be spending. */
export async function selectReserved(db: Db, userId: string, except: string): Promise<number> {
  const { reserved } = await db
    .selectFrom('usage_reservations')
    .select(sql<number>`coalesce(sum(cost_usd), 0)::float8`.as('reserved'))
    .where('user_id', '=', userId)
    .where('id', '<>', except)
    .where('expires_at', '>', sql<Date>`app_now()`)
    .executeTakeFirstOrThrow();
  return reserved;
}

export interface Reservation {
  /** Whose: the turn, or what else asks one model after the other. */
  id: string;
  user_id: string;
  /** The most that its next request can cost. */
  cost_usd: number;
  /** How long that can take at most; it lapses then. */
  for_ms: number;
}

/** In place of the one it had. */
export async function upsertReservation(db: Db, { for_ms, ...row }: Reservation): Promise<void> {
  const expires_at = sql<Date>`app_now() + ${for_ms} * interval '1 millisecond'`;
  await db
    .insertInto('usage_reservations')
    .values({ ...row, expires_at })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ cost_usd: row.cost_usd, expires_at }))
    .execute();
}

/** The one of that id, and what has lapsed of its user's. */
export function deleteReservation(db: Db, { id, user_id }: Pick<Reservation, 'id' | 'user_id'>) {
  return db
    .deleteFrom('usage_reservations')
    .where('user_id', '=', user_id)
    .where(({ or, eb }) => or([eb('id', '=', id), eb('expires_at', '<=', sql<Date>`app_now()`)]));
}

const dayStart = sql<Date>`date_trunc('day', app_now() at time zone users.timezone) at time zone users.timezone`;

/** The days a report is about, in the user's zone. */
export interface ReportDays {
  timezone: string;
  from: string;
  to: string;
}

export async function selectReportDays(
  db: Db,
  userId: string,
  { from, to }: Pick<UsageQuery, 'from' | 'to'>,
): Promise<ReportDays | undefined> {
  const last = sql`coalesce(${to ?? null}::date, (app_now() at time zone timezone)::date)`;
  return await db
    .selectFrom('users')
    .select([
      'timezone',
      sql<string>`to_char(${last}, 'YYYY-MM-DD')`.as('to'),
      sql<string>`to_char(coalesce(${from ?? null}::date, ${last} - 29), 'YYYY-MM-DD')`.as('from'),
    ])
    .where('id', '=', userId)
    .executeTakeFirst();
}

const dimensions = {
  day: (timezone: string) => sql<string>`to_char(created_at at time zone ${timezone}, 'YYYY-MM-DD')`,
  model: () => sql<string>`model`,
  subject: () => sql<string>`subject`,
  assistant: () => sql<string>`assistant_id`,
};

/** Latest day first, then by cost and tokens. What is not asked for is null. */
export async function selectUsage(
  db: Db,
  userId: string,
  { timezone, from, to }: ReportDays,
  groupBy: UsageQuery['group_by'],
): Promise<UsageItem[]> {
  const wanted = (name: keyof typeof dimensions) =>
    groupBy.includes(name) ? dimensions[name](timezone) : sql<string | null>`null`;
  const places = sql.join(
    groupBy.map((name) => sql.lit(['day', 'model', 'subject', 'assistant'].indexOf(name) + 1)),
  );
  const { rows } = await sql<UsageItem>`
    select ${wanted('day')} as day, ${wanted('model')} as model, ${wanted('subject')} as subject,
      ${wanted('assistant')} as assistant_id,
      count(*)::float8 as requests,
      sum(input_tokens)::float8 as input_tokens,
      sum(cached_input_tokens)::float8 as cached_input_tokens,
      sum(output_tokens)::float8 as output_tokens,
      coalesce(sum(cost_usd), 0)::float8 as cost_usd,
      (count(*) filter (where cost_usd is null))::float8 as unpriced_requests
    from model_usage
    where user_id = ${userId}
      and created_at >= ${from}::date::timestamp at time zone ${timezone}
      and created_at < (${to}::date + 1)::timestamp at time zone ${timezone}
    group by ${places}
    order by 1 desc, cost_usd desc, output_tokens desc
    limit 5000`.execute(db);
  return rows;
}
