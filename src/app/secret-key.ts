import { randomBytes, randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#platform/errors/index.ts';
import { makeDirectory } from '#platform/files/make-directory.ts';
import { unusableDataDirectory } from './data-directory.ts';

/** Of SECRET_KEY, wherever it comes from: what has fewer is no key but a password. Generated ones have 43. */
export const MIN_SECRET_KEY = 32;

const pathIn = (dataDirectory: string) => join(dataDirectory, 'secret_key');

export function newSecretKey(): string {
  return randomBytes(32).toString('base64url');
}

async function readSecretKey(path: string): Promise<string> {
  const key = (await readFile(path, 'utf8')).trim();
  if (key.length >= MIN_SECRET_KEY) return key;
  throw new AppError({
    code: 'config.bad_secret_key_file',
    kind: 'invalid',
    message: `${path} holds no key (${key.length} characters, of at least ${MIN_SECRET_KEY}): put back the one from a backup`,
  });
}

async function writeDraft(draft: string, key: string): Promise<void> {
  await rm(draft, { force: true });
  await writeFile(draft, `${key}\n`, { mode: 0o600, flush: true });
}

/**
 * The key everything secret is derived from: given, or kept in the data directory and made there once. Two processes
 * that start at the same time get the same one.
 */
export async function secretKeyOf(given: string | undefined, dataDirectory: string): Promise<string> {
  if (given !== undefined) return given;
  const path = pathIn(dataDirectory);
  try {
    return await readSecretKey(path);
  } catch (error) {
    if (error instanceof AppError) throw error;
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unusableDataDirectory(dataDirectory, error);
  }
  const draft = `${path}.${randomUUID()}`;
  try {
    await makeDirectory(dataDirectory);
    await writeDraft(draft, newSecretKey());
    // A link appears whole or not at all, and never over one that is there.
    await link(draft, path).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
    return await readSecretKey(path);
  } catch (error) {
    throw unusableDataDirectory(dataDirectory, error);
  } finally {
    await rm(draft, { force: true }).catch(() => {});
  }
}

/**
 * Puts another key in the place of the one in the data directory. Whoever looks, after a power cut too, finds one of
 * the two whole.
 */
export async function replaceSecretKey(dataDirectory: string, key: string): Promise<void> {
  const path = pathIn(dataDirectory);
  try {
    await writeDraft(`${path}.next`, key);
    await rename(`${path}.next`, path);
    await using directory = await open(dataDirectory);
    await directory.sync();
  } catch (error) {
    throw unusableDataDirectory(dataDirectory, error);
  }
}
