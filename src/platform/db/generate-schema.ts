import type pg from 'pg';

interface Column {
  table_name: string;
  column_name: string;
  type_name: string;
  is_array: boolean;
  nullable: boolean;
  has_default: boolean;
  generated: boolean;
  /** Values a check constraint of the form `column in ('a', 'b')` allows. */
  allowed: string[] | null;
}

const columnsQuery = `
  select c.relname as table_name, a.attname as column_name,
         coalesce(e.typname, t.typname) as type_name, e.oid is not null as is_array,
         not a.attnotnull as nullable, a.atthasdef or a.attidentity <> '' as has_default,
         a.attgenerated <> '' or a.attidentity = 'a' as generated,
         (select array_agg(m[1])
            from pg_constraint k, regexp_matches(pg_get_constraintdef(k.oid), '''([a-z_]+)''::text', 'g') m
           where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
             and pg_get_constraintdef(k.oid) like 'CHECK ((' || a.attname || ' = ANY%') as allowed
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    left join pg_type e on t.typelem = e.oid and t.typcategory = 'A'
   where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'migrations'
   order by c.relname, a.attnum`;

const scalarTypes: Record<string, string> = {
  uuid: 'string',
  text: 'string',
  tsvector: 'string',
  bool: 'boolean',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float4: 'number',
  numeric: 'number',
  timestamptz: 'Timestamp',
  jsonb: 'Json',
  bytea: 'Buffer',
};

function columnType(column: Column): string {
  const scalar = column.allowed
    ? column.allowed.map((value) => `'${value}'`).join(' | ')
    : scalarTypes[column.type_name];
  if (!scalar)
    throw new Error(`${column.table_name}.${column.column_name}: no TypeScript type for ${column.type_name}`);
  let type = column.is_array ? `${scalar.includes('|') ? `(${scalar})` : scalar}[]` : scalar;
  if (column.nullable) type += ' | null';
  if (column.generated) return `GeneratedAlways<${type}>`;
  return column.has_default ? `Generated<${type}>` : type;
}

const pascal = (name: string) => name.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());

const header = `// Generated from the migrated database by \`./manage upgrade\`. Do not edit: write a migration.
import type { ColumnType } from 'kysely';

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
/** Read as a value, written as text (\`JSON.stringify\`), because pg would send an array as a PostgreSQL array. */
export type Json = ColumnType<JsonValue, string, string>;
export type Timestamp = ColumnType<Date, Date | string, Date | string>;
/** The database fills it in when it is left out. */
export type Generated<T> = [T] extends [ColumnType<infer S, infer I, infer U>]
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;
/** The database alone writes it. */
export type GeneratedAlways<T> = ColumnType<T, never, never>;
`;

/** TypeScript types of every table, enums from the check constraints, as the text of `schema.ts`. */
export async function generateSchema(client: pg.Client): Promise<string> {
  const { rows } = await client.query<Column>(columnsQuery);
  const tables = Map.groupBy(rows, (column) => column.table_name);
  const interfaces = [...tables].map(([table, columns]) => {
    const fields = columns.map((column) => `  ${column.column_name}: ${columnType(column)};`);
    return `export interface ${pascal(table)}Table {\n${fields.join('\n')}\n}\n`;
  });
  const index = [...tables.keys()].map((table) => `  ${table}: ${pascal(table)}Table;`);
  return [header, ...interfaces, `export interface Schema {\n${index.join('\n')}\n}\n`].join('\n');
}
