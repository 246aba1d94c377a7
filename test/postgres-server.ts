import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { connectionOf, type Connection } from '#platform/db/connection.ts';

// The runner that vitest loads its set-up with has no `import.meta.resolve`, which finds PostgreSQL's programs: so this
// part is loaded by Node itself.
const embedded = createRequire(import.meta.url)(
  '#platform/postgres/index.ts',
) as typeof import('#platform/postgres/index.ts');

export interface PostgresServer {
  /** As an administrator; `database` is one to connect to first. */
  connection: Connection;
  /** A person's way to it, e.g. for `psql`. */
  address: string;
  /** With `keep`, the embedded one's data directory stays and its path is answered. */
  stop(keep: boolean): Promise<string | undefined>;
}

/** The server that `TEST_DATABASE_URL` names, else an embedded one of its own in a temporary directory. */
export async function postgresServer(): Promise<PostgresServer> {
  const url = process.env.TEST_DATABASE_URL;
  if (url) {
    const connection = connectionOf(url);
    return {
      connection,
      address: `psql -h ${connection.host} -p ${connection.port} -U ${connection.user}`,
      stop: async () => await Promise.resolve(undefined),
    };
  }
  // The socket's path must be short: straight under the temporary directory.
  const dataDir = await mkdtemp(join(tmpdir(), 'famulus-test-'));
  const password = randomBytes(12).toString('hex');
  const server = await embedded.startEmbeddedPostgres({ dataDir, password }).catch(async (error: unknown) => {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  });
  return {
    connection: server.connection,
    address: `./manage start --data-dir ${dataDir}`,
    stop: async (keep) => {
      await server.stop();
      if (keep) return dataDir;
      await rm(dataDir, { recursive: true, force: true });
      return undefined;
    },
  };
}
