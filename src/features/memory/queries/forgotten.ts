import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';

export interface Said {
  key: string;
  value: string;
}

/** So many words make a value known by itself, whatever it is filed under; a shorter one may be said of many things. */
const TELLING_WORDS = 3;

/** Each fact's fingerprints: of what it is about, and of what it says. */
function fingerprints(userId: string, facts: readonly Said[]) {
  const [keys, values] = [facts.map(({ key }) => key), facts.map(({ value }) => value)];
  return sql`
    select nr - 1 as place, print
    from unnest(${keys}::text[], ${values}::text[]) with ordinality as t(key, value, nr)
    cross join lateral unnest(array[
      memory_fingerprint(${userId}::uuid, 'key', t.key, 0),
      memory_fingerprint(${userId}::uuid, 'value', t.value, ${TELLING_WORDS})
    ]) as print
    where print is not null`;
}

export async function insertForgotten(db: Db, userId: string, fact: Said): Promise<void> {
  await sql`
    insert into forgotten_memories (user_id, fingerprint)
    select distinct ${userId}::uuid, print from (${fingerprints(userId, [fact])}) f
    on conflict do nothing`.execute(db);
}

/** They may be remembered again. */
export async function deleteForgotten(db: Db, userId: string, facts: readonly Said[]): Promise<void> {
  await sql`
    delete from forgotten_memories
    where user_id = ${userId} and fingerprint in (select print from (${fingerprints(userId, facts)}) f)`.execute(
    db,
  );
}

/** Places of the facts that were forgotten. */
export async function selectForgotten(db: Db, userId: string, facts: readonly Said[]): Promise<Set<number>> {
  const { rows } = await sql<{ place: number }>`
    select distinct place::int from (${fingerprints(userId, facts)}) f
    join forgotten_memories g on g.user_id = ${userId} and g.fingerprint = f.print`.execute(db);
  return new Set(rows.map(({ place }) => place));
}
