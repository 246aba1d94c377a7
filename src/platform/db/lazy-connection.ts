import { CompiledQuery, type DatabaseConnection, type Kysely, type QueryResult } from 'kysely';
import { inlined, InlineError } from './inline.ts';
import { kyselyOver } from './kysely-over.ts';
import type { Schema } from './schema.ts';

export interface LazyConnection {
  db: Kysely<Schema>;
  /** Whether a query was sent. */
  begun(): boolean;
  /** From now on queries are refused, those that waited for their turn too: the connection will be another's. */
  close(): void;
}

/** The query behind `begin`, in one text; undefined when that can't be. */
function together(begin: string, query: CompiledQuery): CompiledQuery | undefined {
  try {
    return CompiledQuery.raw(`${begin}; ${inlined(query)}`);
  } catch (error) {
    if (error instanceof InlineError) return undefined;
    throw error;
  }
}

/** Kysely over one connection: `begin` goes out with the first query, and one query runs at a time. */
export function lazily(connection: DatabaseConnection, begin: string): LazyConnection {
  let last: Promise<unknown> | undefined;
  let closed = false;

  async function first<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const both = together(begin, query);
    if (both) return await connection.executeQuery<R>(both);
    await connection.executeQuery(CompiledQuery.raw(begin));
    return await connection.executeQuery<R>(query);
  }

  async function next<R>(before: Promise<unknown>, query: CompiledQuery): Promise<QueryResult<R>> {
    await before;
    if (closed) throw new Error('a query of a transaction that has ended: every query must be awaited');
    return await connection.executeQuery<R>(query);
  }

  return {
    db: kyselyOver(async <R>(query: CompiledQuery) => {
      const result = last ? next<R>(last, query) : first<R>(query);
      // A failed query does not keep the next one from being sent: PostgreSQL refuses it by itself.
      last = result.catch(() => {});
      return await result;
    }),
    begun: () => last !== undefined,
    close: () => {
      closed = true;
    },
  };
}
