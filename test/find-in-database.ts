import type pg from 'pg';

/** The forms a text could lie in a database in: as it is, and as the bytes of a column or a text encodes them. */
function formsOf(text: string): string[] {
  const bytes = Buffer.from(text);
  return [text, bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, '').slice(0, -2)];
}

/** The tables that hold this text in any column of any row, encoded or not. */
export async function tablesWith(owner: pg.Client, text: string): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'm') order by 1`,
  );
  const patterns = formsOf(text).map((form) => `%${form}%`);
  const found: string[] = [];
  for (const { name } of rows) {
    const { rowCount } = await owner.query(`select from ${name} t where t::text ilike any($1) limit 1`, [
      patterns,
    ]);
    if (rowCount) found.push(name);
  }
  return found;
}
