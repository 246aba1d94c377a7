import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readEnvFile } from './env-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'env-file-'));
afterAll(() => rmSync(directory, { recursive: true }));

test('reads what Node reads', () => {
  const path = join(directory, '.env');
  writeFileSync(path, '# comment\nPORT=9000\nexport NAME="two words" # why\nEMPTY=\n');
  expect(readEnvFile(path)).toEqual({ PORT: '9000', NAME: 'two words', EMPTY: '' });
});

test('no file is no variable', () => {
  expect(readEnvFile(join(directory, 'none'))).toEqual({});
});

test('a file that cannot be read is an error that names it', () => {
  expect(() => readEnvFile(directory)).toThrow(
    expect.objectContaining({ code: 'config.unreadable_env_file' }),
  );
});
