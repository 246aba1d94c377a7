import { sql } from 'kysely';
import { expect, test } from 'vitest';

import { cutProxy } from '#test/cut-proxy.ts';
import { testDatabase } from '#test/database.ts';
import { isOutage, openDatabase } from './index.ts';

const files = testDatabase();

/** The program's way to PostgreSQL through connections that can come to lead nowhere. */
async function open() {
  const proxy = await cutProxy(files.connection);
  const database = openDatabase({ connection: proxy.connection, roles: files.roles, poolSize: 2 });
  const ask = async (text = 'select 1') => await sql.raw(text).execute(database.system);
  return {
    proxy,
    ask,
    database,
    [Symbol.asyncDispose]: async () => {
      await proxy.close();
      await database.close();
    },
  };
}

test('a connection that leads nowhere is given up in seconds, and another takes its place', async () => {
  await using way = await open();
  await way.ask();
  expect(way.proxy.swallow()).toBe(1);
  const lost = await way.ask().catch((error: unknown) => error);
  expect(isOutage(lost)).toBe(true);
  await way.ask();
});

test('what a transaction had locked there is free again', async () => {
  await using way = await open();
  await files.owner.query('create table if not exists locked (id int)');
  await files.owner.query(`grant all on locked to ${files.roles.system.name}`);
  const lost = await way.database
    .asSystem(async (tx) => {
      await sql`lock table locked in access exclusive mode`.execute(tx.db);
      way.proxy.swallow();
      await sql`select 1`.execute(tx.db);
    })
    .catch((error: unknown) => error);
  expect(isOutage(lost)).toBe(true);
  await files.owner.query(`set lock_timeout = '2s'; lock table locked; reset lock_timeout`);
});

test('a query that takes its time is left alone', async () => {
  await using way = await open();
  await way.ask('select pg_sleep(7)');
});
