import type { CompiledQuery, DatabaseConnection, Kysely, QueryResult } from 'kysely';
import { kyselyOver } from './kysely-over.ts';
import type { Schema } from './schema.ts';

export interface LazyConnection {
  db: Kysely<Schema>;
  /** From now on queries are refused, those that waited for their turn too: the connection will be another's. */
  close(): void;
}

/** Kysely over one connection: `prepare` runs before the first query, and one query runs at a time. */
export function lazily(connection: DatabaseConnection, prepare: () => Promise<void>): LazyConnection {
  let last: Promise<unknown> | undefined;
  let closed = false;

  async function run<R>(before: Promise<unknown>, query: CompiledQuery): Promise<QueryResult<R>> {
    await before;
    if (closed) throw new Error('a query of a transaction that has ended: every query must be awaited');
    return await connection.executeQuery<R>(query);
  }

  return {
    db: kyselyOver(async <R>(query: CompiledQuery) => {
      const result = run<R>(last ?? prepare(), query);
      // A failed query does not keep the next one from being sent: PostgreSQL refuses it by itself.
      last = result.catch(() => {});
      return await result;
    }),
    close: () => {
      closed = true;
    },
  };
}
