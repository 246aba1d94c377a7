import type { CompiledQuery } from 'kysely';
import pg from 'pg';
import { prepareValue } from 'pg/lib/utils.js';

/** A query as text alone, its values in their places: what is sent together with other statements takes no parameters. */
export function inlined({ sql, parameters }: CompiledQuery): string {
  return sql.replace(/\$(\d+)/g, (_, number: string) => literal(parameters[Number(number) - 1]));
}

function literal(value: unknown): string {
  const prepared: unknown = prepareValue(value);
  if (prepared === null) return 'null';
  if (typeof prepared !== 'string') throw new TypeError('a value that has no text');
  return pg.escapeLiteral(prepared);
}
