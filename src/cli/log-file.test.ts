import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { announce, withdraw } from '#app/run-files.ts';
import { logFileOf, prepareLogFile } from './log-file.ts';

const LARGE = 10 * 1024 * 1024;
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'famulus-log-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

/** As large as said, without taking the place on the disk. */
async function logOf(bytes: number): Promise<string> {
  const { path } = await prepareLogFile(directory);
  await writeFile(path, '');
  await truncate(path, bytes);
  return path;
}

describe('prepareLogFile', () => {
  test('a small log is gone on with, behind what it holds', async () => {
    const path = await logOf(1_000);
    expect(await prepareLogFile(directory)).toEqual({ path, size: 1_000 });
  });

  test('a large one is put aside, in place of the one before', async () => {
    for (let start = 0; start < 3; start += 1) {
      const path = await logOf(LARGE);
      expect(await prepareLogFile(directory)).toEqual({ path, size: 0 });
    }
    expect(await readdir(join(directory, 'logs'))).toEqual(['famulus.log.1']);
  });

  test('not while a process writes into it', async () => {
    const path = await logOf(LARGE);
    await announce(directory, {
      services: ['api'],
      started_at: '2026-11-21T00:00:00Z',
      ready: true,
      log_file: logFileOf(directory),
    });
    expect(await prepareLogFile(directory)).toEqual({ path, size: LARGE });
    await withdraw(directory);
    expect(await prepareLogFile(directory)).toEqual({ path, size: 0 });
  });
});
