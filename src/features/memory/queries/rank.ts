import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';
import type { AskedWord } from '../search/asked-words.ts';

/** BM25: how soon saying a word again adds nothing, how much a long memory pays for its length, and what is long. */
const K1 = 1.2;
const B = 0.4;
const USUAL_WORDS = 9;
/** What a word of the key counts as against one of the value. */
const KEY = 2;

export interface Ranked {
  id: string;
  /** How much of what was asked it tells: 1 where it has each word once or so. */
  score: number;
}

export interface RankedByWords {
  /** In force, the best first; of equals pinned ones, then those changed last. */
  memories: Ranked[];
  /** Places of the asked words that no memory has. */
  missing: number[];
}

/** The statement of `rankByWords`. */
export function rankStatement(userId: string, asked: readonly AskedWord[], count: number) {
  const means = asked.flatMap(({ means }, part) =>
    [...means].map(([word, weight]) => ({ part, word, weight })),
  );
  const words = means.map(({ word }) => word);
  return sql<Ranked & { missing: number[] }>`
    with asked as (
      select * from unnest(${means.map(({ part }) => part)}::int[], ${words}::text[],
                           ${means.map(({ weight }) => weight)}::real[]) as a(part, word, weight)
    ), parts as (
      select weight, nr - 1 as part
      from unnest(${asked.map(({ weight }) => weight)}::real[]) with ordinality as p(weight, nr)
    ), hits as materialized (
      select w.memory_id, a.part,
             max(a.weight * (w.in_key * ${KEY}::real + w.in_value)
                 / (w.in_key * ${KEY}::real + w.in_value
                    + ${K1}::real * (${1 - B}::real + ${B / USUAL_WORDS}::real * w.words))) as score,
             max(a.weight) as weight
      from memory_words w join asked a on a.word = w.word
      where w.user_id = ${userId} and w.word = any(${words}::text[])
      group by 1, 2
    ), rarity as (
      select p.part, h.times, p.weight * ln(1 + (total - coalesce(h.times, 0) + 0.5) / (coalesce(h.times, 0) + 0.5)) as tells
      from parts p
      left join (select part, sum(weight * weight) as times from hits group by part) h on h.part = p.part
      cross join (select count(*) as total from memories where user_id = ${userId}) t
    )
    select m.id, b.score / (select sum(tells) from rarity) as score, coalesce((select array_agg(part) from rarity where times is null), '{}')::int[] as missing
    from (select h.memory_id, sum(h.score * r.tells)::real as score
          from hits h join rarity r on r.part = h.part group by 1) as b
    join memories m on m.id = b.memory_id
    where m.user_id = ${userId} and m.is_active
      and (m.expires_at is null or m.expires_at > (select app_now()))
    order by b.score desc, m.pinned desc, m.updated_at desc, m.id desc
    limit ${count}`;
}

/**
 * Finds memories by words: BM25 over groups of words that count as one, so that a rare synonym tells no more than the
 * word asked for. How rare a group is counts what is only like it less.
 */
export async function rankByWords(
  db: Db,
  userId: string,
  asked: readonly AskedWord[],
  count: number,
): Promise<RankedByWords> {
  const { rows } = await rankStatement(userId, asked, count).execute(db);
  return {
    memories: rows.map(({ id, score }) => ({ id, score })),
    missing: rows[0]?.missing ?? asked.map((_, part) => part),
  };
}
