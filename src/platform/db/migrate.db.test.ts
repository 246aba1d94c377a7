import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { describe, expect, inject, onTestFinished, test } from 'vitest';

import { connect, type Connection } from './connection.ts';
import { migrate } from './migrate.ts';
import { rolesFor, type Roles } from './roles.ts';

const server = inject('template').connection;

/** A database that is not there yet, with files for its migrations. Gone, with its roles, after the test. */
async function fresh() {
  const database = `famulus_test_migrate_${randomBytes(4).toString('hex')}`;
  const directory = await mkdtemp(join(tmpdir(), 'famulus-migrations-'));
  const connection: Connection = { ...server, database };
  const rolesOf = (key: string) => rolesFor(database, (purpose) => `${key} ${purpose}`);
  onTestFinished(async () => {
    await rm(directory, { recursive: true });
    const owner = await connect(server, 'famulus test');
    await owner.query(`drop database if exists ${database} with (force)`);
    const { app, system } = rolesOf('');
    for (const { name } of [app, system]) await owner.query(`drop role if exists ${name}`);
    await owner.end();
  });
  const write = async (name: string, sql: string) => await writeFile(join(directory, name), sql);
  const up = async (roles: Roles = rolesOf('key')) =>
    (await migrate({ connection, roles, directory })).applied;
  const query = async (text: string) => {
    const client = await connect(connection, 'famulus test');
    try {
      return await client.query(text);
    } finally {
      await client.end();
    }
  };
  return { connection, rolesOf, write, up, query };
}

describe('migrate', () => {
  test('creates the database and applies each file once, in order', async () => {
    const { write, up, query } = await fresh();
    await write('0001_one.sql', 'create table one (n int)');
    expect(await up()).toEqual(['0001_one']);
    await write('0002_two.sql', 'insert into one values (2)');
    expect(await up()).toEqual(['0002_two']);
    expect(await up()).toEqual([]);
    expect((await query('select n from one')).rows).toEqual([{ n: 2 }]);
  });

  test('several at once: one migrates, the others find it done', async () => {
    const { write, up, query } = await fresh();
    await write('0001_one.sql', 'create table one (n int); insert into one values (1)');
    const applied = await Promise.all([up(), up(), up()]);
    expect(applied.flat()).toEqual(['0001_one']);
    expect((await query('select n from one')).rows).toEqual([{ n: 1 }]);
  });

  test('one that fails leaves nothing behind, and those before it stay', async () => {
    const { write, up, query } = await fresh();
    await write('0001_one.sql', 'create table one (n int)');
    await write('0002_two.sql', 'create table two (n int); select 1 / 0');
    await expect(up()).rejects.toMatchObject({
      code: 'migrations.failed',
      message: expect.stringContaining('0002_two'),
    });
    expect((await query(`select to_regclass('one') as one, to_regclass('two') as two`)).rows).toEqual([
      { one: 'one', two: null },
    ]);
    await write('0002_two.sql', 'create table two (n int)');
    expect(await up()).toEqual(['0002_two']);
  });

  test.each([
    ['a number is missing', '0003_three.sql', 'migrations.bad_number'],
    ['a name is odd', '0002-two.sql', 'migrations.bad_number'],
    ['an applied file was changed', '0001_one.sql', 'migrations.changed'],
  ])('refuses when %s', async (_, file, code) => {
    const { write, up } = await fresh();
    await write('0001_one.sql', 'select 1');
    await up();
    await write(file, 'select 2');
    await expect(up()).rejects.toMatchObject({ code });
  });

  test('refuses a database that a newer version has migrated', async () => {
    const { write, up, query } = await fresh();
    await write('0001_one.sql', 'select 1');
    await up();
    await query(`insert into migrations (name, checksum) values ('0002_future', '')`);
    await expect(up()).rejects.toMatchObject({ code: 'migrations.database_newer' });
  });
});

test('another secret key is refused while somebody works with the one before, and taken over after', async (context) => {
  const { connection, rolesOf, write, up } = await fresh();
  await write('0001_one.sql', 'select 1');
  const { app } = rolesOf('key');
  await up();
  const logIn = async (password = '') =>
    await connect({ ...connection, user: app.name, password }, 'famulus test');
  const trusting = await logIn('wrong').then(
    async (client) => await client.end().then(() => true),
    () => false,
  );
  if (trusting) return context.skip('this server asks for no passwords');

  const working = await logIn(app.password);
  await expect(up(rolesOf('other'))).rejects.toMatchObject({ code: 'database.secret_key_differs' });
  await working.end();
  await expect
    .poll(
      async () =>
        await up(rolesOf('other')).then(
          () => 'done',
          () => 'refused',
        ),
    )
    .toBe('done');
  await (await logIn(rolesOf('other').app.password)).end();
});
