import { sql } from 'kysely';
import pg from 'pg';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { until } from '#test/until.ts';
import { clientConfig } from './connection.ts';
import { isOutage } from './outage.ts';
import { createReaders } from './reader.ts';
import { ReadBatch, TenantRead } from './tenant-read.ts';
import type { Db } from './transaction.ts';

const db = testDatabase();

let ann: string;
let bob: string;
/** One connection only: whoever comes second gets what the first has left. */
let pool: pg.Pool;
let readerOf: (userId: string) => Db;

beforeAll(async () => {
  ann = (await createUser(db.database.system, { name: 'Ann' })).id;
  bob = (await createUser(db.database.system, { name: 'Bob' })).id;
});

beforeEach(() => {
  pool = new pg.Pool({ ...clientConfig(db.connectionAs('app'), 'reader test'), max: 1 });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  readerOf = createReaders(pool, 2);
  return async () => await pool.end();
});

async function names(reader: Db): Promise<string[]> {
  const rows = await reader.selectFrom('users').select('name').execute();
  return rows.map(({ name }) => name);
}

const settings = `select current_setting('app.user_id', true) as tenant, current_setting('transaction_read_only') as read_only`;

describe('a read', () => {
  test('sees its tenant and nobody else, however many share a connection', async () => {
    const [asAnn, asBob] = [readerOf(ann), readerOf(bob)];
    const seen = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => await names(index % 2 === 0 ? asAnn : asBob)),
    );
    expect(seen).toEqual(Array.from({ length: 60 }, (_, index) => [index % 2 === 0 ? 'Ann' : 'Bob']));
    expect(pool.totalCount).toBe(1);
  });

  test('leaves no tenant behind, and no transaction', async () => {
    await names(readerOf(ann));
    expect((await pool.query(settings)).rows).toEqual([{ tenant: '', read_only: 'off' }]);
    expect((await pool.query('select from users')).rowCount).toBe(0);
    expect((await pool.query('select pg_current_xact_id_if_assigned() as id')).rows).toEqual([{ id: null }]);
  });

  test('leaves none behind after an error, nor a connection that waits', async () => {
    const reader = readerOf(ann);
    const divided = sql<{ n: number }>`select 1 / ${0}::int as n`;
    await expect(divided.execute(reader)).rejects.toMatchObject({ code: '22012' });
    // Before the statement was ever ready, and when it is.
    await expect(sql`select 1 / ${1}::int as n`.execute(reader)).resolves.toMatchObject({ rows: [{ n: 1 }] });
    await expect(divided.execute(reader)).rejects.toMatchObject({ code: '22012' });
    expect((await pool.query(settings)).rows).toEqual([{ tenant: '', read_only: 'off' }]);
    expect(await names(readerOf(bob))).toEqual(['Bob']);
  });

  test('an error amid its rows is an error, and the next one is whole', async () => {
    const reader = readerOf(ann);
    const query = sql`select 1 / (3 - n) as n from generate_series(1, 3) n`;
    await expect(query.execute(reader)).rejects.toMatchObject({ code: '22012' });
    expect(await names(reader)).toEqual(['Ann']);
  });

  test('cannot write', async () => {
    const reader = readerOf(ann);
    const written = reader.updateTable('users').set({ name: 'Eve' }).where('id', '=', ann).execute();
    await expect(written).rejects.toMatchObject({ code: '25006' });
    expect(await names(reader)).toEqual(['Ann']);
  });

  test('is of a user, by whatever is given as one', () => {
    for (const id of ['', "'; drop table users --", 'null']) expect(() => readerOf(id)).toThrow(TypeError);
  });

  test('sends nothing when a value cannot be sent', async () => {
    const bad = {
      toPostgres: () => {
        throw new Error('no');
      },
    };
    await expect(sql`select ${bad}`.execute(readerOf(ann))).rejects.toThrow('no');
    expect(await names(readerOf(ann))).toEqual(['Ann']);
  });

  test('answers with the same values as a transaction', async () => {
    const query = sql`select ${newId()}::uuid as id, ${ann}::text as text, 12345678901::bigint as big, 1.5::numeric as num,
      true as yes, null::text as nothing, ${[ann, 'a,"b\\']}::text[] as list, '{"a": [1]}'::jsonb as json,
      timestamptz '2026-12-01 08:00:00.123456+00' as at, timestamptz '0044-03-15 BC' as ides, 'infinity'::timestamptz as ever,
      timestamptz '2026-12-01 08:00:00.5+00' as half, date '2026-12-01' as day, '' as empty`;
    const compiled = query.compile(db.database.system);
    const { rows } = await db.database.asUser(ann, async (tx) => await tx.db.executeQuery(compiled));
    expect((await readerOf(ann).executeQuery(compiled)).rows).toEqual(rows);
    expect(rows).toMatchObject([{ at: new Date('2026-12-01T08:00:00.123Z'), big: 12_345_678_901 }]);
    expect(JSON.stringify(rows)).toBe(JSON.stringify(structuredClone(rows)));
  });
});

describe('what is ready on a connection', () => {
  const read = async (text: string, values: unknown[] = []) => {
    const client = await pool.connect();
    try {
      const one = new TenantRead(ann, text, values);
      await client.query(new ReadBatch([one])).skipped;
      return await one.done.promise;
    } finally {
      client.release();
    }
  };

  test('is parsed once', async () => {
    for (let n = 0; n < 3; n += 1) expect(await read('select $1::int as n', [n])).toEqual([{ n }]);
    const { rows } = await pool.query<{ statement: string }>('select statement from pg_prepared_statements');
    expect(rows.filter(({ statement }) => statement === 'select $1::int as n')).toHaveLength(1);
  });

  test('is not more than it should', async () => {
    for (let n = 0; n < 120; n += 1) expect(await read(`select ${n} as n`)).toEqual([{ n }]);
    const { rows } = await pool.query<{ count: number }>(
      'select count(*)::int as count from pg_prepared_statements',
    );
    expect(rows[0]?.count).toBeLessThanOrEqual(50);
    expect(await read('select 0 as n')).toEqual([{ n: 0 }]);
  });

  test('is made again when it is gone, or when the table has changed', async () => {
    const reader = readerOf(ann);
    expect(await names(reader)).toEqual(['Ann']);
    await pool.query('deallocate all');
    expect(await names(reader)).toEqual(['Ann']);
    await db.owner.query('create table changing (a int); grant select on changing to public');
    const all = sql`select * from changing`;
    await all.execute(reader);
    await db.owner.query('insert into changing values (1); alter table changing add column b text');
    expect((await all.execute(reader)).rows).toEqual([{ a: 1, b: null }]);
    await db.owner.query('drop table changing');
  });
});

describe('reads that go together', () => {
  /** Keeps the only connection, so that what is asked for meanwhile waits. */
  async function together<T>(ask: () => Promise<T>[]): Promise<PromiseSettledResult<T>[]> {
    const held = await pool.connect();
    const asked = ask();
    held.release();
    return await Promise.allSettled(asked);
  }

  test('see each their own, and one that fails takes none along', async () => {
    const [asAnn, asBob] = [readerOf(ann), readerOf(bob)];
    const fails = async () => (await sql`select 1 / ${0}::int as n`.execute(asBob)).rows.map(String);
    const answers = await together(() =>
      Array.from({ length: 40 }, async (_, n) =>
        n % 5 === 3 ? await fails() : await names(n % 2 === 0 ? asAnn : asBob),
      ),
    );
    const seen = answers.map((answer) =>
      answer.status === 'fulfilled' ? answer.value : (answer.reason as { code: string }).code,
    );
    const expected = (n: number) => (n % 5 === 3 ? '22012' : [n % 2 === 0 ? 'Ann' : 'Bob']);
    expect(seen).toEqual(Array.from({ length: 40 }, (_, n) => expected(n)));
    expect((await pool.query(settings)).rows).toEqual([{ tenant: '', read_only: 'off' }]);
  });

  test('take one round trip and one transaction', async () => {
    const now = sql<{ at: string }>`select now()::text as at`;
    const answers = await together(() =>
      Array.from({ length: 10 }, async () => (await now.execute(readerOf(ann))).rows[0]!.at),
    );
    expect(new Set(answers.map((answer) => (answer as { value: string }).value)).size).toBe(1);
  });

  test('are all told when there is no connection to be had', async () => {
    const none = new pg.Pool({ ...clientConfig({ ...db.connection, port: 1 }, 'reader test'), max: 1 });
    const reader = createReaders(none, 2)(ann);
    const answers = await Promise.allSettled(Array.from({ length: 40 }, async () => await names(reader)));
    expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
    await none.end();
  });
});

describe('when the connection is lost', () => {
  test('midway, it is an outage, and the next read has another', async () => {
    const reader = readerOf(ann);
    const name = `reader ${newId()}`;
    const failed = sql`select pg_sleep(60), ${name}::text`.execute(reader).catch((error: unknown) => error);
    await until('it sleeps and is ended', async () => {
      const { rowCount } = await db.owner.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'reader test' and query like '%pg_sleep%'`,
      );
      return rowCount === 1;
    });
    expect(isOutage(await failed)).toBe(true);
    expect(await names(reader)).toEqual(['Ann']);
  });
});

test('a read that failed for another transaction’s sake is tried again', async () => {
  // Locks of the session are what a rollback leaves: they count the tries.
  await db.owner.query(`
    create function fail_twice() returns int language plpgsql as $$
    declare tries int := (select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid());
    begin
      if tries = 2 then return tries; end if;
      perform pg_advisory_lock(tries);
      raise exception 'try again' using errcode = '40001';
    end $$`);
  const { rows } = await sql`select fail_twice() as tries`.execute(readerOf(ann));
  expect(rows).toEqual([{ tries: 2 }]);
});
