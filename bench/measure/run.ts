import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';

import { connect } from '#platform/db/connection.ts';
import type { Connection } from '#platform/db/index.ts';
import type { Roles } from '#platform/db/roles.ts';
import { postgresServer } from '#test/postgres-server.ts';
import { cloneTemplate, createTemplate, dropDatabase, dropTemplate } from '#test/template-database.ts';

export interface Bench {
  quick: boolean;
  roles: Roles;
  /** A database of its own for each use: migrated or empty. */
  withDatabase<T>(kind: 'migrated' | 'empty', use: (connection: Connection) => Promise<T>): Promise<T>;
}

/** Runs a benchmark on `TEST_DATABASE_URL` or an embedded PostgreSQL of its own; `--quick` for small sizes. */
export async function runBench(bench: (run: Bench) => Promise<void>): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
  const server = await postgresServer();
  const template = await createTemplate(server.connection);
  const admin = await connect(server.connection, 'famulus bench');
  const { rows } = await admin.query<{ version: string; fsync: string }>(
    `select current_setting('server_version') as version, current_setting('fsync') as fsync`,
  );
  console.log(`PostgreSQL ${rows[0]?.version}, fsync ${rows[0]?.fsync}, Node ${process.version}\n`);
  try {
    await bench({
      quick: values.quick,
      roles: template.roles,
      withDatabase: async (kind, use) => {
        const name = `${template.name}_${randomBytes(3).toString('hex')}`;
        if (kind === 'migrated') await cloneTemplate(template, name);
        else await admin.query(`create database ${name}`);
        try {
          return await use({ ...template.connection, database: name });
        } finally {
          await dropDatabase(template, name);
        }
      },
    });
  } finally {
    await admin.end();
    await dropTemplate(template, true);
    await server.stop(false);
  }
}
