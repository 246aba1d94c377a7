import { join } from 'node:path';
import { deriveSecret } from '#platform/crypto/index.ts';
import { connectionOf, type Connection } from '#platform/db/connection.ts';
import { migrate } from '#platform/db/migrate.ts';
import { rolesFor, type Roles } from '#platform/db/roles.ts';
import { AppError, messageOf } from '#platform/errors/index.ts';
import type { Logger } from '#platform/log/index.ts';
import { projectDirectory, type Config } from './config.ts';
import { secretKeyOf } from './secret-key.ts';

/** A PostgreSQL of the right version, migrated, and how to get at it. */
export interface ReadyDatabase {
  /** The owner: for migrations and the row types. */
  owner: Connection;
  roles: Roles;
  secretKey: string;
  embedded: boolean;
  /** Names of the migrations applied just now. */
  applied: string[];
  /** Starts the embedded PostgreSQL again when it is gone; does nothing for another. */
  ensure(): Promise<void>;
  stop(): Promise<void>;
}

export interface OpenOptions {
  config: Config;
  log: Logger;
  /** One line about what takes a while. */
  progress?: (text: string) => void;
}

interface Server {
  connection: Connection;
  embedded: boolean;
  ensure(): Promise<void>;
  stop(): Promise<void>;
}

function configuredConnection({ database }: Config): Connection | undefined {
  if (database.url !== undefined) return connectionOf(database.url);
  if (database.host === undefined) return undefined;
  return {
    host: database.host,
    port: database.port,
    user: database.user,
    database: database.database,
    ...(database.password !== undefined && { password: database.password }),
  };
}

async function openServer({ config, log, progress }: OpenOptions, secretKey: string): Promise<Server> {
  const nothing = async () => {};
  const connection = configuredConnection(config);
  if (connection) return { connection, embedded: false, ensure: nothing, stop: nothing };
  const { startEmbeddedPostgres } = await import('#platform/postgres/index.ts');
  const server = await startEmbeddedPostgres({
    dataDir: config.dataDirectory,
    password: deriveSecret(secretKey, 'embedded postgres'),
    log: (line) => log.debug({ postgres: line }, 'postgres'),
    ...(progress && { progress }),
  });
  return {
    connection: server.connection,
    embedded: true,
    ensure: async () => await server.ensure(),
    stop: async () => await server.stop(),
  };
}

/**
 * What PostgreSQL or the system says against a server that was configured, as one line; other errors as they are.
 * A name with several addresses fails with one error for each.
 */
function unusable({ host, port, database }: Connection, error: unknown): unknown {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  if (error instanceof AppError || typeof (first as { code?: unknown }).code !== 'string') return error;
  return new AppError({
    code: 'database.unusable',
    kind: 'unavailable',
    message: `PostgreSQL at ${host}, port ${port}, database ${database} can't be used (${messageOf(first)}): see that it runs, and check DATABASE_URL or POSTGRES_*`,
    cause: error,
  });
}

/** By what the database keeps users apart, in one line. */
export function tenantsLine({ mode, app, system }: Roles): string {
  if (mode === 'log_in')
    return `Users are kept apart by the database: ${app.name} and ${system.name} log in for themselves`;
  if (mode === 'granted')
    return `Users are kept apart by the database: ${app.name} and ${system.name}, granted by the operator`;
  return `Users are kept apart by forced row security alone: ${app.name} owns the tables, may not create roles and was granted none`;
}

/** Finds or starts PostgreSQL and brings the database to this program's version. */
export async function openReadyDatabase(options: OpenOptions): Promise<ReadyDatabase> {
  const { config, log, progress } = options;
  const secretKey = await secretKeyOf(config.program.secret_key, config.dataDirectory);
  const server = await openServer(options, secretKey);
  try {
    const wanted = rolesFor(server.connection.database, (purpose) => deriveSecret(secretKey, purpose));
    const { applied, roles } = await migrate({
      connection: server.connection,
      roles: wanted,
      directory: join(projectDirectory, 'migrations'),
      onApply: (name) => log.info({ migration: name }, 'migrating'),
    });
    if (applied.length > 0) progress?.(`database migrated (${applied.length} steps)`);
    return {
      owner: server.connection,
      roles,
      secretKey,
      embedded: server.embedded,
      applied,
      ensure: server.ensure,
      stop: server.stop,
    };
  } catch (error) {
    await server.stop();
    throw server.embedded ? error : unusable(server.connection, error);
  }
}
