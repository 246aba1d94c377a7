import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { loadConfig } from './config.ts';
import { newSecretKey, replaceSecretKey, secretKeyOf } from './secret-key.ts';

let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'famulus-secret-'))));
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true });
});

const long = (letter: string) => letter.repeat(32);

async function secretKey(): Promise<string> {
  const { config } = loadConfig({ dataDir: directory });
  return await secretKeyOf(config.program.secret_key, directory);
}

describe('SECRET_KEY', () => {
  test('is generated once, for its owner alone, by however many start at once', async () => {
    const keys = new Set(await Promise.all(Array.from({ length: 20 }, secretKey)));
    expect(keys.size).toBe(1);
    expect([...keys][0]).toMatch(/^[\w-]{43}$/);
    expect((await stat(join(directory, 'secret_key'))).mode & 0o777).toBe(0o600);
    expect(await readdir(directory)).toEqual(['secret_key']);
  });

  test('of the environment goes before the one in the data directory', async () => {
    await secretKey();
    vi.stubEnv('SECRET_KEY', long('e'));
    expect(await secretKey()).toBe(long('e'));
  });

  test('may stand in a file', async () => {
    await writeFile(join(directory, 'key'), `${long('f')}\n`);
    vi.stubEnv('SECRET_KEY_FILE', join(directory, 'key'));
    expect(await secretKey()).toBe(long('f'));
  });

  test('in two places is refused', async () => {
    await writeFile(join(directory, 'key'), long('f'));
    vi.stubEnv('SECRET_KEY_FILE', join(directory, 'key'));
    vi.stubEnv('SECRET_KEY', long('e'));
    await expect(secretKey()).rejects.toThrow('SECRET_KEY: set this or SECRET_KEY_FILE, not both');
  });

  test('that is too short is refused and not shown', async () => {
    vi.stubEnv('SECRET_KEY', 'hunter2');
    await expect(secretKey()).rejects.toThrow(
      expect.objectContaining({
        message: 'The configuration is not right: SECRET_KEY: must have at least 32 characters',
      }) as Error,
    );
  });

  test.each(['', '\n', 'short'])('that is damaged in the data directory is refused: %j', async (text) => {
    await writeFile(join(directory, 'secret_key'), text);
    await expect(secretKey()).rejects.toThrow('put back the one from a backup');
    expect(await readFile(join(directory, 'secret_key'), 'utf8')).toBe(text);
  });

  test('is replaced whole, whatever an interrupted replacement left', async () => {
    await secretKey();
    await writeFile(join(directory, 'secret_key.next'), 'half', { mode: 0o644 });
    const next = newSecretKey();
    await replaceSecretKey(directory, next);
    expect(await secretKey()).toBe(next);
    expect(await readdir(directory)).toEqual(['secret_key']);
    expect((await stat(join(directory, 'secret_key'))).mode & 0o777).toBe(0o600);
  });
});
