import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';

/** The keys of what PostgreSQL finds by itself: any of the words by their Russian and English stems, the best by `ts_rank`. */
export async function plainSearch(db: Db, userId: string, query: string, count: number): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    with asked as (
      select replace(plainto_tsquery('russian', ${query})::text, '&', '|')::tsquery as words
    )
    select key from memories, asked
    where user_id = ${userId} and to_tsvector('russian', key || ' ' || value) @@ words
    order by ts_rank(to_tsvector('russian', key || ' ' || value), words) desc, id desc
    limit ${count}`.execute(db);
  return rows.map(({ key }) => key);
}
