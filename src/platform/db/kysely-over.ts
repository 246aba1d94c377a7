import {
  DefaultQueryExecutor,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Driver,
} from 'kysely';
import type { Schema } from './schema.ts';

const adapter = new PostgresAdapter();
const compiler = new PostgresQueryCompiler();
const driver: Driver = {
  init: async () => {},
  acquireConnection: refuse,
  releaseConnection: async () => {},
  beginTransaction: refuse,
  commitTransaction: refuse,
  rollbackTransaction: refuse,
  destroy: async () => {},
};
const dialect = {
  createAdapter: () => adapter,
  createQueryCompiler: () => compiler,
  createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
  createDriver: () => driver,
};

/** Kysely whose every query goes this one way. Cheap enough to be made for each request. */
export function kyselyOver(executeQuery: DatabaseConnection['executeQuery']): Kysely<Schema> {
  const connection: DatabaseConnection = { executeQuery, streamQuery: refuseStream };
  const executor = new DefaultQueryExecutor(compiler, adapter, {
    provideConnection: async (use) => await use(connection),
  });
  return new Kysely<Schema>({ config: { dialect }, dialect, driver, executor });
}

async function refuse(): Promise<never> {
  return await Promise.reject(new Error('transactions are begun by Database alone'));
}

function refuseStream(): never {
  throw new Error('nothing is streamed from PostgreSQL');
}
