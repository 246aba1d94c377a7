import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readMigrations } from '#platform/db/migrate.ts';
import { createMigration, migrationName } from './migrate.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'famulus-migrations-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

describe('createMigration', () => {
  test('takes the next number and is one the program can read', async () => {
    await writeFile(join(directory, '0001_first.sql'), 'select 1;');
    const path = await createMigration(directory, 'Add tags');
    expect(path).toBe(join(directory, '0002_add_tags.sql'));
    expect(await readFile(path, 'utf8')).toMatch(/^-- Add tags\n(-- .*\n)+$/);
    expect((await readMigrations(directory)).map(({ name }) => name)).toEqual([
      '0001_first',
      '0002_add_tags',
    ]);
  });

  test('refuses to go on behind a missing number', async () => {
    await writeFile(join(directory, '0002_second.sql'), 'select 1;');
    await expect(createMigration(directory, 'third')).rejects.toThrow('0001');
    expect(await readdir(directory)).toEqual(['0002_second.sql']);
  });

  test('nothing of the title can end the comment', async () => {
    const path = await createMigration(directory, 'tags\n drop table users');
    expect(await readFile(path, 'utf8')).not.toMatch(/^[^-]/m);
  });
});

describe('migrationName', () => {
  test.each([
    ['Add tags!', 'add_tags'],
    ['  users: e-mail, lower case  ', 'users_e_mail_lower_case'],
  ])('%j becomes %s', (title, name) => {
    expect(migrationName(title)).toBe(name);
  });

  test.each(['', '!!', '1st', 'x', 'метки', 'a'.repeat(61)])('%j makes no name', (title) => {
    expect(() => migrationName(title)).toThrow('makes no name');
  });
});
