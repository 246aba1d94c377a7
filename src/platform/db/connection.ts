import pg from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';

/** Where a PostgreSQL is and who we are there. `host` may be the directory of a Unix socket. */
export interface Connection {
  host: string;
  port: number;
  user: string;
  password?: string;
  database: string;
  ssl?: boolean | object;
}

/** Values as the program uses them: bigint and numeric as number (ours stay far below 2^53), the rest as pg has it. */
const numberTypes = new Set<number>([pg.types.builtins.INT8, pg.types.builtins.NUMERIC]);

const types: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (numberTypes.has(oid)) return (value: string) => Number(value);
    return pg.types.getTypeParser(oid, format) as (value: string) => unknown;
  },
};

/** What every connection of ours is opened with. */
export function clientConfig(connection: Connection, name: string): pg.ClientConfig {
  return {
    ...connection,
    application_name: name,
    types,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  };
}

/** Reads a `postgres://` URL, sslmode and the like included. */
export function connectionOf(url: string): Connection {
  const { host, port, user, password, database, ssl } = parseIntoClientConfig(url);
  const login = user || 'postgres';
  return {
    host: host || 'localhost',
    port: port ?? 5432,
    user: login,
    database: database || login,
    ...(typeof password === 'string' && password !== '' && { password }),
    ...(ssl && { ssl }),
  };
}

/** One connection of its own, e.g. for LISTEN or a migration. The caller ends it. */
export async function connect(connection: Connection, name: string): Promise<pg.Client> {
  const client = new pg.Client(clientConfig(connection, name));
  // Without a listener a lost connection would end the process; queries in flight are rejected anyway.
  client.on('error', () => {});
  await client.connect();
  return client;
}
