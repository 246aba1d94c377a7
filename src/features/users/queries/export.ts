import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';

/** A table with rows that belong to users, as the catalogue has it. */
export interface OwnedTable {
  name: string;
  /** What says whose a row is. */
  owner: string;
  columns: { name: string; type: string }[];
  /** The columns of its primary key. */
  key: string[];
}

/** All tables with rows of users, by name. */
export async function selectOwnedTables(db: Db): Promise<OwnedTable[]> {
  const { rows } = await sql<OwnedTable>`
    select c.relname as name, owner.attname as owner,
           (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null)) order by a.attnum)
            from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
           array(select a.attname::text from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
                 where i.indrelid = c.oid and i.indisprimary order by array_position(i.indkey::int2[], a.attnum)) as key
    from pg_class c
    join pg_attribute owner on owner.attrelid = c.oid and not owner.attisdropped
      and owner.attname = case c.relname when 'users' then 'id' else 'user_id' end
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by c.relname`.execute(db);
  return rows;
}

/** From here to its end the transaction sees the database as it is at its next statement. Its first statement. */
export async function fixSnapshot(db: Db): Promise<void> {
  await sql`set transaction isolation level repeatable read, read only`.execute(db);
}

export async function selectNow(db: Db): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select app_now() as now`.execute(db);
  return rows[0]!.now;
}

/** What a batch should have, in bytes of JSON, and the most rows of one. */
const BATCH_BYTES = 128 * 1024;
const BATCH_ROWS = 1_000;

/**
 * The user's rows as lines of JSON, in batches; rows may be 1 MB each or 100 bytes, so a batch is as many as fit. One such
 * reading at a time in a transaction, to its end.
 */
export async function* readLines(
  db: Db,
  userId: string,
  { name, owner, columns, key }: { name: string; owner: string; columns: string[]; key: string[] },
): AsyncGenerator<string[]> {
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const order = sql.join(key.map((column) => sql.ref(column)));
  await sql`declare rows_to_export no scroll cursor for
    select ${names} from ${sql.table(name)} where ${sql.ref(owner)} = ${userId} order by ${order}`.execute(
    db,
  );
  for (let count = 20; ;) {
    const { rows } = await sql`fetch forward ${sql.lit(count)} from rows_to_export`.execute(db);
    if (rows.length === 0) break;
    const lines = rows.map((row) => JSON.stringify(row));
    yield lines;
    if (rows.length < count) break;
    const bytes = lines.reduce((sum, line) => sum + line.length, 0);
    const fitting = Math.floor((BATCH_BYTES / bytes) * count);
    count = Math.max(1, Math.min(fitting, count * 4, BATCH_ROWS));
  }
  await sql`close rows_to_export`.execute(db);
}
