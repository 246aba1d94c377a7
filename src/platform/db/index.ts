import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { connect, openPool, type Connection } from './connection.ts';
import type { HeldLane } from './effects.ts';
import { createReaders } from './reader.ts';
import { connectionAs, type Roles } from './roles.ts';
import type { Schema } from './schema.ts';
import { runTransaction, type Db, type HeldTx, type Tx } from './transaction.ts';
import { watchConnections, type ConnectionWatch } from './watch-connections.ts';

export type { Connection } from './connection.ts';
export type { HeldLane, NewEvent, NewLaneItem } from './effects.ts';
export type { JsonValue, Schema } from './schema.ts';
export { compiledOnce } from './compile-once.ts';
export { isOutage } from './outage.ts';
export { LaneLostError, type Db, type HeldTx, type Tx } from './transaction.ts';

export interface Database {
  /** A transaction as the app role that sees this user's rows and the shared ones, and writes only theirs. */
  asUser<T>(userId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * As the app role outside a transaction: each query sees this user's rows and the shared ones by itself, can't write,
   * and takes a single round trip. For what one query answers.
   */
  readAs(userId: string): Db;
  /** A transaction as the system role, which sees every user's rows. */
  asSystem<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A transaction that commits only while the lane is still held; as the lane's user where it has one. */
  inLane<T>(held: HeldLane, userId: string | null, work: (tx: HeldTx) => Promise<T>): Promise<T>;
  /** The system role outside a transaction: single statements. */
  system: Db;
  /** Connection details of the system role, for sessions of its own. */
  systemConnection: Connection;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  connection: Connection;
  roles: Roles;
  /** Connections each of the two pools may open. */
  poolSize: number;
  /** Called after a commit with the topics somebody may wait for. */
  onHints?: (topics: string[]) => void;
  onError?: (error: Error) => void;
}

function openRole(
  options: DatabaseOptions,
  role: 'app' | 'system',
): { pool: pg.Pool; db: Db; connection: Connection; watch: ConnectionWatch } {
  const connection = connectionAs(options.connection, options.roles, role);
  const pool = openPool(connection, `famulus ${role}`, {
    max: options.poolSize,
    idleTimeoutMillis: 30_000,
  });
  // A restart of PostgreSQL closes connections; the pool opens new ones by itself.
  pool.on('error', (error) => options.onError?.(error));
  // One that is closed while a transaction pauses between two statements has no other listener: the next one fails.
  pool.on('connect', (client) => client.on('error', () => {}));
  const watch = watchConnections(async () => await connect(connection, `famulus ${role} watch`));
  pool.on('connect', (client) => watch.add(client));
  return { pool, connection, watch, db: new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) }) };
}

/** Few, so that reads that come together go together; two, so that a slow one leaves a way around it. */
const READ_CONNECTIONS = 2;

/** Opens the two pools. No connection is made before the first query. */
export function openDatabase(options: DatabaseOptions): Database {
  const app = openRole(options, 'app');
  const system = openRole(options, 'system');
  const onHints = options.onHints ?? (() => {});
  return {
    asUser: async (userId, work) => await runTransaction({ db: app.db, userId, onHints }, work),
    readAs: createReaders(app.pool, READ_CONNECTIONS),
    asSystem: async (work) => await runTransaction({ db: system.db, userId: undefined, onHints }, work),
    inLane: async (held, userId, work) => {
      const db = userId === null ? system.db : app.db;
      return await runTransaction({ db, userId: userId ?? undefined, held, onHints }, work);
    },
    system: system.db,
    systemConnection: system.connection,
    close: async () => {
      app.watch.close();
      system.watch.close();
      await Promise.all([app.db.destroy(), system.db.destroy()]);
    },
  };
}
