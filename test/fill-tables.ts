import type pg from 'pg';

import { newId } from '#platform/ids/index.ts';

/** A table as the catalogue has it. */
export interface Table {
  name: string;
  /** Those that may be written. */
  columns: string[];
  /** The column that names the tenant. */
  userColumn: string | undefined;
}

/** All tables, each after those it refers to. */
export async function tablesOf(owner: pg.Client): Promise<Table[]> {
  const { rows } = await owner.query<{ name: string; columns: string[]; refers_to: string[] }>(`
    select c.relname as name,
           array(select attname::text from pg_attribute a
                 where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '' and attidentity <> 'a'
                 order by attnum) as columns,
           array(select distinct confrelid::regclass::text from pg_constraint
                 where conrelid = c.oid and contype = 'f' and confrelid <> c.oid) as refers_to
    from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname`);
  const ordered: typeof rows = [];
  while (ordered.length < rows.length) {
    const ready = rows.filter(
      (row) =>
        !ordered.includes(row) && row.refers_to.every((name) => ordered.some((other) => other.name === name)),
    );
    if (ready.length === 0) throw new Error('the tables refer to each other in a circle');
    ordered.push(...ready);
  }
  return ordered.map(({ name, columns }) => {
    const userColumn = name === 'users' ? 'id' : columns.find((column) => column === 'user_id');
    return { name, columns, userColumn };
  });
}

/** What a check constraint or a rule between columns asks for and the catalogue does not tell. */
const special: Record<string, Record<string, unknown>> = {
  schedules: { type: 'recurring', cron_expression: '0 9 * * *', timezone: 'UTC' },
  // Beyond the counters, so that what is written next has its place.
  events: { seq: 1_000_000 },
  messages: { seq: 1_000_000 },
  reminders: { payload: { text: 'x' } },
  account_links: { kind: 'reset' },
  encryption_keys: { retired_at: new Date() },
  // Beside the words that the memory's own trigger has written.
  memory_words: { word: 'beside' },
  mcp_servers: { transport: 'http', url: 'http://mcp.example.test' },
  provider_keys: { base_url: 'http://models.example.test/v1' },
};

interface Column {
  name: string;
  type: string;
  refers_to: string | null;
  refers_to_column: string | null;
  allowed: string[] | null;
  /** Whether it takes sealed values only (`protect_sealed` of a migration). */
  sealed: boolean;
}

/**
 * Gives every table but `users` a row of this user's, with what each column that must be filled asks for. Answers the
 * rows by their tables.
 */
export async function fillTables(
  owner: pg.Client,
  tables: Table[],
  user: string,
): Promise<Record<string, Record<string, unknown>>> {
  const made: Record<string, Record<string, unknown>> = { users: { id: user } };
  const { rows: keys } = await owner.query<{ id: string }>('select id from encryption_keys limit 1');
  const [known] = keys;
  for (const { name } of tables) {
    if (name === 'users') continue;
    const row: Record<string, unknown> = { ...special[name] };
    for (const column of await neededColumns(owner, name)) {
      if (column.name in row) continue;
      row[column.name] = column.sealed
        ? sealedBy(made['encryption_keys'] ?? known)
        : valueFor(column, user, made);
    }
    if (name === 'lanes') row.key = `thread:${user}`;
    if (name === 'provider_keys') {
      // One each in the whole installation.
      const { rowCount } = await owner.query('select from provider_keys');
      row.provider = ['openai', 'google', 'ollama'][rowCount ?? 0];
    }
    const values = Object.values(row).map((value) =>
      value?.constructor === Object ? JSON.stringify(value) : value,
    );
    const places = values.map((_, index) => `$${index + 1}`).join(', ');
    const result = await owner.query<Record<string, unknown>>(
      `insert into ${name} (${Object.keys(row).join(', ')}) values (${places}) returning *`,
      values,
    );
    made[name] = result.rows[0] ?? {};
  }
  return made;
}

async function neededColumns(owner: pg.Client, table: string): Promise<Column[]> {
  const { rows } = await owner.query<Column>(
    `
    select a.attname as name, format_type(a.atttypid, null) as type,
           f.confrelid::regclass::text as refers_to,
           (select attname from pg_attribute where attrelid = f.confrelid and attnum = f.confkey[1]) as refers_to_column,
           (select array_agg(m[1]) from pg_constraint k, regexp_matches(pg_get_constraintdef(k.oid), '''([a-z_]+)''::text', 'g') m
             where k.conrelid = a.attrelid and k.contype = 'c' and k.conkey = array[a.attnum]) as allowed,
           exists (select from pg_attribute s
             where s.attrelid = a.attrelid and s.attname = a.attname || '_sealed_by') as sealed
    from pg_attribute a
    left join pg_constraint f on f.conrelid = a.attrelid and f.contype = 'f' and f.conkey[1] = a.attnum
    where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
      and ((a.attnotnull and not a.atthasdef) or a.attname = 'user_id')
    order by a.attnum`,
    [table],
  );
  return rows;
}

/** As values look that this data key has sealed. */
function sealedBy(key: Record<string, unknown> | undefined): Buffer {
  return Buffer.from(`01${String(key?.['id']).replaceAll('-', '')}${'00'.repeat(28)}`, 'hex');
}

function valueFor(column: Column, user: string, made: Record<string, Record<string, unknown>>): unknown {
  if (column.name === 'user_id') return user;
  if (column.refers_to) return made[column.refers_to]?.[column.refers_to_column ?? 'id'];
  if (column.allowed) return column.allowed[0];
  switch (column.type) {
    case 'uuid':
      return newId();
    case 'text':
      return `row-of-${user}`;
    case 'bigint':
    case 'integer':
    case 'smallint':
    case 'numeric':
      return 1;
    case 'timestamp with time zone':
      return new Date(Date.now() + (column.name === 'expires_at' ? 86_400_000 : 0));
    case 'jsonb':
      return {};
    case 'text[]':
      return [];
    case 'boolean':
      return false;
    case 'bytea':
      return Buffer.from(user);
    default:
      throw new Error(`no value for ${column.name} ${column.type}`);
  }
}
