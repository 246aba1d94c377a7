import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { staleFiles, writeFiles } from './generated-files.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'famulus-generated-'));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

test('a generated file is stale while it is missing or differs', async () => {
  const [types, docs] = [
    { path: 'types.ts', text: 'new\n' },
    { path: 'docs.md', text: 'docs\n' },
  ];
  await writeFiles([{ path: 'types.ts', text: 'old\n' }], root);
  expect(await staleFiles([types, docs], root)).toEqual([types, docs]);
  await writeFiles([docs], root);
  expect(await staleFiles([types, docs], root)).toEqual([types]);
  await writeFiles([types], root);
  expect(await staleFiles([types, docs], root)).toEqual([]);
});
