import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, messageOf } from '#platform/errors/index.ts';

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
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unusable(dataDirectory, error);
  }
  const draft = `${path}.${process.pid}`;
  try {
    await mkdir(dataDirectory, { recursive: true });
    await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true });
    // A link appears whole or not at all, and never over one that is there.
    await link(draft, path).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    throw unusable(dataDirectory, error);
  } finally {
    await rm(draft, { force: true }).catch(() => {});
  }
}

function unusable(dataDirectory: string, error: unknown): AppError {
  return new AppError({
    code: 'data_dir.unusable',
    kind: 'invalid',
    message: `The data directory ${dataDirectory} can't be used (${messageOf(error)}): mend it or choose another with --data-dir`,
    cause: error,
  });
}
