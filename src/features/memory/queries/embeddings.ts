import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';
import type { Near } from '../meaning/nearest.ts';

export interface Unembedded {
  id: string;
  key: string;
  value: string;
}

/** Memories that have no vector by this model, oldest first. */
export async function selectUnembedded(
  db: Db,
  userId: string,
  model: string,
  count: number,
): Promise<Unembedded[]> {
  return await db
    .selectFrom('memories')
    .select(['id', 'key', 'value'])
    .where('user_id', '=', userId)
    .where(sql<boolean>`embedding_model is distinct from ${model}`)
    .orderBy('id')
    .limit(count)
    .execute();
}

/** Writes vectors of those that still say what was embedded. Only in the user's lane: see `embedding_seq`. */
export async function writeEmbeddings(
  db: Db,
  userId: string,
  model: string,
  embedded: readonly (Unembedded & { vector: readonly number[] })[],
): Promise<void> {
  const rows = JSON.stringify(embedded);
  await sql`
    update memories m
    set embedding = e.vector, embedding_model = ${model}, embedding_seq = next_memory_embedding_seq()
    from jsonb_to_recordset(${rows}::jsonb) as e(id uuid, key text, value text, vector real[])
    where m.user_id = ${userId} and m.id = e.id and m.key = e.key and m.value = e.value`.execute(db);
}

export interface StoredVector {
  id: string;
  embedding: number[];
  /** A bigint as text. */
  embedding_seq: string;
}

/** Vectors by this model that were written after `seq`, in the order they were. */
export async function selectVectors(
  db: Db,
  userId: string,
  { model, seq, count }: { model: string; seq: string; count: number },
): Promise<StoredVector[]> {
  const { rows } = await sql<StoredVector>`
    select id, embedding, embedding_seq::text as embedding_seq from memories
    where user_id = ${userId} and embedding_seq > ${seq}::bigint and embedding_model = ${model}
    order by embedding_seq limit ${count}`.execute(db);
  return rows;
}

/** Of the nearest, those in force that still mean what was compared, in the same order. */
export async function selectStillNear(db: Db, userId: string, near: readonly Near[]): Promise<string[]> {
  if (near.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select m.id from memories m
    join unnest(${near.map(({ id }) => id)}::uuid[], ${near.map(({ seq }) => seq)}::bigint[]) as n(id, seq)
      on m.id = n.id and m.embedding_seq = n.seq
    where m.user_id = ${userId} and m.is_active
      and (m.expires_at is null or m.expires_at > (select app_now()))`.execute(db);
  const inForce = new Set(rows.map(({ id }) => id));
  return near.flatMap(({ id }) => (inForce.has(id) ? [id] : []));
}
