import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fragments, projectDirectory } from '#app/config.ts';
import { renderConfigTable, renderEnvExample } from '#platform/config/index.ts';
import { connect, type Connection } from '#platform/db/connection.ts';
import { generateSchema } from '#platform/db/generate-schema.ts';

/** A file that is made from the code and the database, and committed. */
export interface GeneratedFile {
  /** In the checkout. */
  path: string;
  text: string;
}

const configurationDoc = `# Configuration

Famulus is configured by environment variables; those in a file \`.env\` in its folder are read too, and the environment
wins. Everything has a default: without any of them it runs on this machine alone. All problems are reported together
at start. A variable that is empty counts as unset. For a secret, \`NAME_FILE\` may name a file that holds it.

This table is generated from the settings in the code by \`./manage upgrade\`.

${renderConfigTable(fragments)}`;

/** What the generated files should hold, by the migrated database behind this connection. */
export async function generatedFiles(owner: Connection): Promise<GeneratedFile[]> {
  const client = await connect(owner, 'famulus upgrade');
  try {
    return [
      { path: 'src/platform/db/schema.ts', text: await generateSchema(client) },
      { path: '.env.example', text: renderEnvExample(fragments) },
      { path: 'docs/configuration.md', text: configurationDoc },
    ];
  } finally {
    await client.end();
  }
}

/** Those that differ from what is there. */
export async function staleFiles(files: GeneratedFile[], root = projectDirectory): Promise<GeneratedFile[]> {
  const texts = await Promise.all(
    files.map(async ({ path }) => await readFile(join(root, path), 'utf8').catch(() => undefined)),
  );
  return files.filter(({ text }, index) => texts[index] !== text);
}

export async function writeFiles(files: GeneratedFile[], root = projectDirectory): Promise<void> {
  for (const { path, text } of files) await writeFile(join(root, path), text);
}
