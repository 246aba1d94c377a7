import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';

/** A column of sealed values: made by `protect_sealed()` in a migration, listed in its feature's manifest. */
export interface EncryptedColumn {
  table: string;
  column: string;
}

interface SealedValue {
  row_id: string;
  sealed: Buffer;
}

const sealedBy = ({ column }: EncryptedColumn) => sql.ref(`${column}_sealed_by`);

/** Values that one of these keys sealed, by row from `after` on, their rows locked. */
export async function lockValuesSealedBy(
  db: Db,
  at: EncryptedColumn,
  { keys, after, limit }: { keys: string[]; after: string; limit: number },
): Promise<SealedValue[]> {
  const { rows } = await sql<SealedValue>`
    select id as row_id, ${sql.ref(at.column)} as sealed from ${sql.table(at.table)}
     where ${sealedBy(at)} = any(${keys}) and id > ${after} order by id limit ${limit} for update`.execute(
    db,
  );
  return rows;
}

export async function replaceValues(db: Db, at: EncryptedColumn, values: SealedValue[]): Promise<void> {
  await sql`
    update ${sql.table(at.table)} as target set ${sql.ref(at.column)} = value.sealed
      from unnest(${values.map(({ row_id }) => row_id)}::uuid[], ${values.map(({ sealed }) => sealed)}::bytea[])
        as value(row_id, sealed)
     where target.id = value.row_id`.execute(db);
}

/** How many values of the column each key sealed. */
export async function countValues(db: Db, at: EncryptedColumn): Promise<{ key: string; values: number }[]> {
  const { rows } = await sql<{ key: string; values: number }>`
    select ${sealedBy(at)} as key, count(*) as values from ${sql.table(at.table)}
     where ${sealedBy(at)} is not null group by 1`.execute(db);
  return rows;
}

/** Sets what these keys sealed to null, or where the column takes no null, deletes the rows. Returns how many. */
export async function forgetValues(db: Db, at: EncryptedColumn, keys: string[]): Promise<number> {
  const { rows } = await sql<{ nullable: boolean }>`
    select not attnotnull as nullable from pg_attribute
     where attrelid = ${at.table}::regclass and attname = ${at.column}`.execute(db);
  const these = sql`where ${sealedBy(at)} = any(${keys})`;
  const { numAffectedRows } = rows[0]?.nullable
    ? await sql`update ${sql.table(at.table)} set ${sql.ref(at.column)} = null ${these}`.execute(db)
    : await sql`delete from ${sql.table(at.table)} ${these}`.execute(db);
  return Number(numAffectedRows ?? 0);
}
