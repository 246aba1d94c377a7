import type { CompiledQuery } from 'kysely';
import pg from 'pg';
import { prepareValue } from 'pg/lib/utils.js';

/**
 * A query as text alone, its values in their places: what is sent together with other statements takes no parameters.
 * Throws InlineError where a value can't be part of a text.
 */
export function inlined({ sql, parameters }: CompiledQuery): string {
  return sql.replace(/\$(\d+)/g, (_, number: string) => literal(parameters[Number(number) - 1]));
}

export class InlineError extends TypeError {}

function literal(value: unknown): string {
  const prepared: unknown = prepareValue(value);
  if (prepared === null) return 'null';
  if (typeof prepared !== 'string') throw new InlineError('a value that has no text');
  // It would end the text.
  if (prepared.includes('\0')) throw new InlineError('a value with a NUL in it');
  return pg.escapeLiteral(prepared);
}
