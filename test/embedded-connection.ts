import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type pg from 'pg';

import { deriveSecret } from '#platform/crypto/index.ts';
import { connect } from '#platform/db/connection.ts';

/** A session of the owner in the embedded PostgreSQL of a running program. The caller ends it. */
export async function connectToEmbedded({ dataDir }: { dataDir: string }): Promise<pg.Client> {
  const secretKey = (await readFile(join(dataDir, 'secret_key'), 'utf8')).trim();
  const connection = {
    host: join(dataDir, 'postgres/run'),
    port: 5432,
    user: 'famulus',
    password: deriveSecret(secretKey, 'embedded postgres'),
    database: 'famulus',
  };
  return await connect(connection, 'famulus test');
}
