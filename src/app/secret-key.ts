import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory } from '#platform/files/make-directory.ts';
import { unusableDataDirectory } from './data-directory.ts';

/**
 * The key everything secret is derived from: given, or kept in the data directory and made there once. Two processes
 * that start at the same time get the same one.
 */
export async function secretKeyOf(given: string | undefined, dataDirectory: string): Promise<string> {
  if (given !== undefined) return given;
  const path = join(dataDirectory, 'secret_key');
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unusableDataDirectory(dataDirectory, error);
  }
  const draft = `${path}.${process.pid}`;
  try {
    await makeDirectory(dataDirectory);
    await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true });
    // A link appears whole or not at all, and never over one that is there.
    await link(draft, path).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    throw unusableDataDirectory(dataDirectory, error);
  } finally {
    await rm(draft, { force: true }).catch(() => {});
  }
}
