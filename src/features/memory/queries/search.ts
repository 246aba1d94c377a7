import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';

/** More words narrow nothing down. */
const MAX_WORDS = 30;
/** PostgreSQL takes a megabyte; a search means its first words. */
const MAX_TEXT = 2_000;

/**
 * What to search for, one term a word: each matches the word itself, its English and its Russian stem, and what
 * begins with one of them. Words that say nothing (the, и) are left out, unless there are no others. Each term is
 * text of type tsquery with its words quoted, so nothing a person types is read as an operator.
 */
export async function searchTerms(db: Db, text: string): Promise<string[]> {
  const { rows } = await sql<{ term: string }>`
    with words as (
      select word, position, ts_lexize('english_stem', word) as english, ts_lexize('russian_stem', word) as russian
      from (
        select lexeme as word, positions[1] as position
        from unnest(to_tsvector('simple', ${text.slice(0, MAX_TEXT)}::text))
        order by 2 limit ${MAX_WORDS}
      ) as told
    ), telling as (
      select * from words
      where (english <> '{}' and russian <> '{}') or not exists (select from words where english <> '{}' and russian <> '{}')
    )
    select (
      -- A beginning of two letters begins too much.
      select string_agg(distinct '''' || replace(replace(form, '\\', '\\\\'), '''', '''''') || ''''
                        || case when length(form) > 2 then ':*' else '' end, ' | ')
      from unnest(array[word] || english || russian) form
    ) as term
    from telling order by position`.execute(db);
  return rows.map(({ term }) => `(${term})`);
}
