import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectDirectory } from '#app/config.ts';
import { readMigrations } from '#platform/db/migrate.ts';
import { commonOptions, UsageError, type Command } from './command.ts';
import { print } from './output.ts';

/** `Add tags!` becomes `add_tags`. Throws when nothing is left. */
export function migrationName(title: string): string {
  const name = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  if (/^[a-z][a-z0-9_]{1,59}$/.test(name)) return name;
  throw new UsageError(
    `${JSON.stringify(title)} makes no name: take 2 to 60 letters, digits and spaces, a letter first`,
  );
}

/** Writes the next migration's file, to be filled in. Returns its path. */
export async function createMigration(directory: string, title: string): Promise<string> {
  const name = migrationName(title);
  const number = (await readMigrations(directory)).length + 1;
  const path = join(directory, `${String(number).padStart(4, '0')}_${name}.sql`);
  const header = `-- ${title.trim().replaceAll(/\s+/g, ' ')}
-- Runs once, in a transaction. Once it is released it is not changed any more: mend it with another one.
-- Every new table ends with: select protect_table('<table>', 'owned'), see 0001_foundation.sql.
`;
  await writeFile(path, header, { flag: 'wx' });
  return path;
}

export const migrate: Command = {
  usage: 'migrate "name"',
  summary: 'Creates the next numbered migration, to be written; ./manage upgrade applies it',
  help: 'Prints the path of the new file, migrations/NNNN_name.sql.',
  options: commonOptions,
  run: async ({ words }) => {
    if (words.length === 0)
      throw new UsageError('say what the migration does, e.g. ./manage migrate "add tags"');
    print(await createMigration(join(projectDirectory, 'migrations'), words.join(' ')));
  },
};
