import { connect } from '#platform/db/connection.ts';
import type { Connection } from '#platform/db/index.ts';

/** The stem of each text that is one word and not one that says nothing. */
export type StemsOf = (texts: readonly string[]) => Promise<Map<string, string>>;

/** Stems as PostgreSQL makes them of memories. */
export async function stemmer(connection: Connection): Promise<{ stemsOf: StemsOf; end(): Promise<void> }> {
  const client = await connect(connection, 'famulus likeness');
  return {
    async stemsOf(texts) {
      const stems = new Map<string, string>();
      for (let from = 0; from < texts.length; from += 20_000) {
        const some = texts.slice(from, from + 20_000);
        const { rows } = await client.query<{ stems: string[] }>(
          `select tsvector_to_array(to_tsvector('pg_catalog.russian', translate(said, 'ёЁ_', 'ее '))) as stems
           from unnest($1::text[]) with ordinality as t(said, nr) order by nr`,
          [some],
        );
        for (const [at, row] of rows.entries())
          if (row.stems.length === 1) stems.set(some[at]!, row.stems[0]!);
      }
      return stems;
    },
    end: async () => await client.end(),
  };
}
