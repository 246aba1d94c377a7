import { loadConfig, type Config, type Overrides } from '#app/config.ts';
import { openReadyDatabase, type ReadyDatabase } from '#app/database.ts';
import { createFeatures, type Features } from '#app/features.ts';
import { openDatabase, type Database } from '#platform/db/index.ts';
import { createEncryption } from '#platform/encryption/index.ts';
import { createSignals } from '#platform/events/index.ts';
import { createOutbound } from '#platform/outbound/index.ts';
import { createLogger } from '#platform/log/index.ts';
import { note } from './output.ts';

/** A command needs few connections: it does one thing after the other. */
const POOL_SIZE = 2;

export interface OpenedDatabase {
  config: Config;
  ready: ReadyDatabase;
  database: Database;
  features: Features;
}

export interface OpenOptions {
  /** Opens it although what is encrypted in it may not open. */
  withAnySecretKey?: boolean;
}

/**
 * Does something with the migrated database, whether Famulus runs or not: the embedded PostgreSQL is joined where it
 * runs and otherwise started for as long as this takes.
 */
export async function withDatabase<T>(
  overrides: Overrides,
  work: (opened: OpenedDatabase) => Promise<T>,
  { withAnySecretKey = false }: OpenOptions = {},
): Promise<T> {
  const { config } = loadConfig(overrides);
  const log = createLogger({ level: config.program.debug ? 'debug' : 'error', pretty: process.stderr.isTTY });
  const ready = await openReadyDatabase({ config, log, progress: note });
  try {
    const database = openDatabase({ connection: ready.owner, roles: ready.roles, poolSize: POOL_SIZE });
    try {
      // Hints stay in this process: what runs elsewhere looks at the tables at least once a second.
      const signals = createSignals('command', async () => {});
      const encryption = createEncryption({ database, secretKey: ready.secretKey });
      const outbound = createOutbound({ allow: config.outbound.allow ?? [] });
      const features = createFeatures({ database, signals, log, encryption, outbound }, config);
      if (!withAnySecretKey) {
        await encryption.prepare();
        await features.prepare();
      }
      return await work({ config, ready, database, features });
    } finally {
      await database.close();
    }
  } finally {
    await ready.stop();
  }
}
