import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';

/** The database's clock, which decides. */
export async function appNow(db: Db): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select app_now() as now`.execute(db);
  return rows[0]!.now;
}
