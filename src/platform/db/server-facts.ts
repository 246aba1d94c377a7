import { sql } from 'kysely';
import { connect, type Connection } from './connection.ts';
import type { Db } from './transaction.ts';

/** What a server says of itself. */
export interface ServerFacts {
  /** E.g. `18.4`. */
  version: string;
  /** Whether a commit survives a crash of the machine. */
  fsync: boolean;
  full_page_writes: boolean;
  /** The server's clock minus this machine's, ms, exact to half the round trip. */
  clock_offset_ms: number;
  round_trip_ms: number;
}

/** Asks a server how it is set up. */
export async function serverFacts(connection: Connection): Promise<ServerFacts> {
  const client = await connect(connection, 'famulus facts');
  try {
    const { rows } = await client.query<{ version: string; fsync: boolean; full_page_writes: boolean }>(
      `select current_setting('server_version') as version, current_setting('fsync')::bool as fsync,
              current_setting('full_page_writes')::bool as full_page_writes`,
    );
    const asked = performance.now();
    const askedAt = Date.now();
    const clock = await client.query<{ now: Date }>('select clock_timestamp() as now');
    const round_trip_ms = performance.now() - asked;
    const clock_offset_ms = Math.round(clock.rows[0]!.now.getTime() - (askedAt + round_trip_ms / 2));
    return { ...rows[0]!, clock_offset_ms, round_trip_ms };
  } finally {
    await client.end();
  }
}

/** Whom the server takes us for. */
export async function userOf(db: Db): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`select current_user as name`.execute(db);
  return rows[0]?.name;
}
