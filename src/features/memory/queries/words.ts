import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';

/** PostgreSQL takes a megabyte; a question means its first words. */
const MAX_TEXT = 2_000;
/** More words narrow nothing down. */
const MAX_WORDS = 30;

/** The stems of each text, in the order they come. */
export async function selectStems(db: Db, texts: readonly string[]): Promise<string[][]> {
  const { rows } = await sql<{ stems: string[] }>`
    select array(
      select lexeme from unnest(to_tsvector('pg_catalog.russian', memory_text(said)))
      order by positions[1] limit ${MAX_WORDS}
    ) as stems
    from unnest(${texts.map((text) => text.slice(0, MAX_TEXT))}::text[]) with ordinality as t(said, nr)
    order by nr`.execute(db);
  return rows.map(({ stems }) => stems);
}

/** Words that a user's memories have and that begin with one of these. Bytewise, so an index finds them. */
export async function selectWordsWith(
  db: Db,
  userId: string,
  beginnings: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    select distinct w.word
    from unnest(${beginnings}::text[]) as b(beginning)
    cross join lateral (
      select word from memory_words
      where user_id = ${userId} and word >= b.beginning and word < b.beginning || chr(1114109)
    ) as w`.execute(db);
  return rows.map(({ word }) => word);
}

/** Whether there is anything to be found by words, be it in force or not. */
export async function hasWords(db: Db, userId: string): Promise<boolean> {
  const { rows } = await sql<{ has_words: boolean }>`
    select exists (select from memory_words where user_id = ${userId}) as has_words`.execute(db);
  return rows[0]!.has_words;
}
