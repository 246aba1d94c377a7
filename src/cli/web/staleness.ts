import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Beside what the build itself has noted (web/build/note-sources.ts). */
const alwaysSources = ['package-lock.json', 'lingui.config.ts', 'web/vite.config.ts', 'web/index.html'];
const sourceFolders = ['web/public', 'web/build'];

/** A mark of everything the bundle in `bundle` was made of, as it is now; undefined when there is no bundle. */
export async function fingerprint(project: string, bundle: string): Promise<string | undefined> {
  const noted = await readFile(join(bundle, '.vite/sources.json'), 'utf8').catch(() => undefined);
  if (noted === undefined) return undefined;
  const files = new Set<string>([...alwaysSources, ...(JSON.parse(noted) as string[])]);
  for (const folder of sourceFolders) {
    for (const name of await readdir(join(project, folder)).catch(() => [])) files.add(`${folder}/${name}`);
  }
  const hash = createHash('sha256');
  for (const file of [...files].toSorted()) {
    const bytes = await readFile(join(project, file)).catch(() => undefined);
    hash.update(`${file}\0`).update(bytes ?? 'missing');
  }
  return hash.digest('hex');
}

/** Where a build keeps the fingerprint of what it was made of. */
export const markOf = (bundle: string) => join(bundle, '.vite/fingerprint');

/** Whether the bundle is missing or made of something else than what is there now. */
export async function isStale(project: string, bundle: string): Promise<boolean> {
  const made = await readFile(markOf(bundle), 'utf8').catch(() => undefined);
  return made === undefined || made !== (await fingerprint(project, bundle));
}
