import type { Db } from '#platform/db/index.ts';

/** The nominal instants in [from, to) at which a schedule has fired, by whatever revision, or was backfilled. */
export async function selectCome(
  db: Db,
  scheduleId: string,
  { from, to }: { from: Date; to: Date },
): Promise<Date[]> {
  const rows = await db
    .selectFrom('occurrences')
    .select('due_at')
    .where('schedule_id', '=', scheduleId)
    .where('trigger', 'in', ['schedule', 'backfill'])
    .where('fired_at', 'is not', null)
    .where('due_at', '>=', from)
    .where('due_at', '<', to)
    .execute();
  return rows.map(({ due_at }) => due_at);
}
