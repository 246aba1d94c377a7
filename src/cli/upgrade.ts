import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectDirectory } from '#app/config.ts';
import { deriveSecret } from '#platform/crypto/index.ts';
import { migrate } from '#platform/db/migrate.ts';
import { rolesFor } from '#platform/db/roles.ts';
import { startEmbeddedPostgres } from '#platform/postgres/index.ts';
import { commonOptions, noWords, textOption, type Command } from './command.ts';
import { generatedFiles, staleFiles, writeFiles, type GeneratedFile } from './generated-files.ts';
import { note, print } from './output.ts';
import { withDatabase } from './with-database.ts';

/** What the generated files should hold, from a database made for the question: no other one is touched. */
async function filesOfScratchDatabase(): Promise<GeneratedFile[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'famulus-check-'));
  const derive = (purpose: string) => deriveSecret(dataDir, purpose);
  try {
    const server = await startEmbeddedPostgres({ dataDir, password: derive('postgres') });
    try {
      const { connection } = server;
      const roles = rolesFor(connection.database, derive);
      await migrate({ connection, roles, directory: join(projectDirectory, 'migrations') });
      return await generatedFiles(connection);
    } finally {
      await server.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function check(): Promise<number> {
  note('migrating a database of its own');
  const stale = await staleFiles(await filesOfScratchDatabase());
  for (const { path } of stale) print(`${path} is out of date: ./manage upgrade writes it anew`);
  if (stale.length === 0) print('the generated files are up to date');
  return stale.length === 0 ? 0 : 1;
}

/** An installation from a package has nothing to commit. */
const isCheckout = existsSync(join(projectDirectory, '.git'));

export const upgrade: Command = {
  usage: 'upgrade [--check]',
  summary: 'Brings the database to this version, and in a checkout the generated files to the database',
  help: `--check   changes nothing; exit code 1 when a generated file is out of date
Generated are the row types (src/platform/db/schema.ts), .env.example and docs/configuration.md.`,
  options: { ...commonOptions, check: { type: 'boolean' } },
  run: async ({ options, words }) => {
    noWords('upgrade', words);
    if (options['check']) return await check();
    const { applied, stale } = await withDatabase(
      { dataDir: textOption(options, 'data-dir') },
      async ({ ready }) => ({
        applied: ready.applied,
        stale: isCheckout ? await staleFiles(await generatedFiles(ready.owner)) : [],
      }),
    );
    await writeFiles(stale);
    for (const name of applied) print(`migrated: ${name}`);
    if (applied.length === 0) print('the database was up to date');
    for (const { path } of stale) print(`written: ${path}`);
    return 0;
  },
};
