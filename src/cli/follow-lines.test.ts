import { appendFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { followLines } from './follow-lines.ts';

let directory: string;
let path: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'famulus-lines-'));
  path = join(directory, 'log');
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

describe('followLines', () => {
  test('gives what was added since, by whole lines', async () => {
    await writeFile(path, 'old\none\ntwo\n');
    const read = followLines(path, 'old\n'.length);
    expect(await read()).toEqual(['one', 'two']);
    expect(await read()).toEqual([]);
    await appendFile(path, 'three\nfo');
    expect(await read()).toEqual(['three']);
    await appendFile(path, 'ur\n');
    expect(await read()).toEqual(['four']);
  });

  test('a character cut in two by a read comes whole', async () => {
    const bytes = Buffer.from('напомни\n');
    await writeFile(path, bytes.subarray(0, 3));
    const read = followLines(path, 0);
    expect(await read()).toEqual([]);
    await appendFile(path, bytes.subarray(3));
    expect(await read()).toEqual(['напомни']);
  });

  test('a file that was put aside is read from its start', async () => {
    await writeFile(path, 'one\ntwo\n');
    const read = followLines(path, 0);
    await read();
    await rename(path, `${path}.1`);
    expect(await read()).toEqual([]);
    await writeFile(path, 'three, longer than before\n');
    expect(await read()).toEqual(['three, longer than before']);
  });

  test('an empty line is a line', async () => {
    await writeFile(path, 'one\n\ntwo\n');
    expect(await followLines(path, 0)()).toEqual(['one', '', 'two']);
  });
});
