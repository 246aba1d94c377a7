import {
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type QueryResult,
} from 'kysely';
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

  const lazy: DatabaseConnection = {
    executeQuery: async <R>(query: CompiledQuery) => {
      const result = run<R>(last ?? prepare(), query);
      // A failed query does not keep the next one from being sent: PostgreSQL refuses it by itself.
      last = result.catch(() => {});
      return await result;
    },
    streamQuery: () => {
      throw new Error('a transaction does not stream');
    },
  };
  const db = new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createIntrospector: (introspected) => new PostgresIntrospector(introspected),
      createDriver: () => ({
        init: async () => {},
        acquireConnection: async () => await Promise.resolve(lazy),
        releaseConnection: async () => {},
        beginTransaction: refuse,
        commitTransaction: refuse,
        rollbackTransaction: refuse,
        destroy: async () => {},
      }),
    },
  });
  return {
    db,
    close: () => {
      closed = true;
    },
  };
}

async function refuse(): Promise<void> {
  await Promise.reject(new Error('a transaction runs already'));
}
