import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadConfig } from '#app/config.ts';
import { checkClock } from './database.ts';
import { checkDataDirectory, checkNode, checkSecretKey } from './machine.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'famulus-doctor-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

test.each([
  ['24.12.0', 'ok'],
  ['25.0.1', 'ok'],
  ['24.11.1', 'fail'],
  ['20.19.0', 'fail'],
])('Node %s: %s', (version, state) => {
  expect(checkNode(version).state).toBe(state);
});

describe('the data directory', () => {
  test('may be there or still to be made', async () => {
    expect(await checkDataDirectory(directory)).toMatchObject({ state: 'ok' });
    expect(await checkDataDirectory(join(directory, 'a/b'))).toMatchObject({
      state: 'ok',
      detail: expect.stringContaining('not made yet') as string,
    });
  });

  test('can not lie in a file', async () => {
    const file = join(directory, 'file');
    await writeFile(file, '');
    for (const path of [file, join(file, 'data')]) {
      expect(await checkDataDirectory(path)).toMatchObject({
        state: 'fail',
        mend: expect.any(String) as string,
      });
    }
  });
});

test('a secret key that others can read fails, and is mended when asked', async () => {
  const path = join(directory, 'secret_key');
  const { config } = loadConfig({ dataDir: directory });
  const own = { ...config, program: { ...config.program, secret_key: undefined } };
  expect(await checkSecretKey(own, false)).toMatchObject({
    state: 'ok',
    detail: 'made with the first start',
  });
  await writeFile(path, 'key');
  await chmod(path, 0o644);
  expect(await checkSecretKey(own, false)).toMatchObject({ state: 'fail' });
  expect(await checkSecretKey(own, true)).toMatchObject({ state: 'ok' });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test.each([
  [3, 1, 'ok'],
  [-900, 1, 'ok'],
  [1_400, 2_000, 'ok'],
  [-1_500, 10, 'warn'],
  [61_000, 10, 'fail'],
])('clocks %d ms apart, measured to %d ms: %s', (offset, roundTrip, state) => {
  expect(checkClock(offset, roundTrip).state).toBe(state);
});
