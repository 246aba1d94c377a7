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
  /** Settings the session begins with, as `-c name=value`. */
  options?: string;
}

/** Values as the program uses them: bigint and numeric as number (ours stay far below 2^53), the rest as pg has it. */
const numberTypes = new Set<number>([pg.types.builtins.INT8, pg.types.builtins.NUMERIC]);

export const types: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (numberTypes.has(oid)) return (value: string) => Number(value);
    if (oid === pg.types.builtins.TIMESTAMPTZ && format !== 'binary') return parseInstant;
    return pg.types.getTypeParser(oid, format) as (value: string) => unknown;
  },
};

const parseAnyInstant = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (value: string) => Date;

/**
 * The text of a timestamptz as a Date, its microseconds cut off. PostgreSQL nearly always sends
 * `2026-12-01 08:00:00.123456+00`; a list has a hundred of them, so that one is read digit by digit, ten times as fast.
 */
function parseInstant(text: string): Date {
  const end = text.length - 3;
  const isUsual = end >= 19 && end <= 26 && text.charCodeAt(10) === SPACE && text.endsWith('+00');
  const year = digits(text, 0, 4);
  if (!isUsual || year < 100) return parseAnyInstant(text);
  const ms = end <= 20 ? 0 : digits(text, 20, Math.min(end, 23)) * 10 ** Math.max(0, 23 - end);
  return new Instant(
    Date.UTC(
      year,
      digits(text, 5, 7) - 1,
      digits(text, 8, 10),
      digits(text, 11, 13),
      digits(text, 14, 16),
      digits(text, 17, 19),
      ms,
    ),
    text,
  );
}

/** A Date that is not changed any more, so that its JSON can be made from what PostgreSQL sent: four times as fast. */
class Instant extends Date {
  /** `2026-12-01 08:00:00.123456+00` */
  readonly sent: string;

  constructor(ms: number, sent: string) {
    super(ms);
    this.sent = sent;
  }

  override toJSON(): string {
    const { sent } = this;
    const fraction = sent.slice(20, Math.min(sent.length - 3, 23)).padEnd(3, '0');
    return `${sent.slice(0, 10)}T${sent.slice(11, 19)}.${fraction}Z`;
  }
}

const SPACE = 32;
const ZERO = 48;

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) value = value * 10 + text.charCodeAt(at) - ZERO;
  return value;
}

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

function lastOf(result: pg.QueryResult | pg.QueryResult[]): pg.QueryResult {
  return Array.isArray(result) ? result.at(-1)! : result;
}

/** Answers a text of several statements with the result of the last one, where pg has an array. */
class PoolClient extends pg.Client {
  // One of pg's many ways to call it, and as it is for the others.
  override query(...args: unknown[]): never {
    const result = (super.query as (...args: unknown[]) => unknown)(...args);
    return (result instanceof Promise ? result.then(lastOf) : result) as never;
  }
}

/** Connections that are opened as they are needed. */
export function openPool(connection: Connection, name: string, options: pg.PoolConfig): pg.Pool {
  return new pg.Pool({ ...clientConfig(connection, name), ...options, Client: PoolClient });
}

/** One connection of its own, e.g. for LISTEN or a migration. The caller ends it. */
export async function connect(connection: Connection, name: string): Promise<pg.Client> {
  const client = new pg.Client(clientConfig(connection, name));
  // Without a listener a lost connection would end the process; queries in flight are rejected anyway.
  client.on('error', () => {});
  await client.connect();
  return client;
}
