import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';

import { newId } from '#platform/ids/index.ts';
import { claimLanes, pruneLanes } from '#platform/lanes/queries.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { until } from '#test/until.ts';
import { connect } from './connection.ts';
import type { NewLaneItem, Tx } from './index.ts';

const db = testDatabase({ poolSize: 10 });

let alice: string;
let key: string;

beforeEach(async () => {
  alice = (await createUser(db.database.system)).id;
  key = `thread:${newId()}`;
});

function item(fields: Partial<NewLaneItem> = {}): NewLaneItem {
  return { key, user_id: alice, type: 'user', kind: 'test', payload: {}, ...fields };
}

async function itemsOf(
  lane: string,
): Promise<{ seq: number; payload: { n?: number }; dedupe_key: string | null }[]> {
  return (
    await db.owner.query<{ seq: number; payload: { n?: number }; dedupe_key: string | null }>(
      'select seq, payload, dedupe_key from lane_items where lane_key = $1 order by seq',
      [lane],
    )
  ).rows;
}

async function enqueue(...items: NewLaneItem[]): Promise<void> {
  await db.database.asUser(alice, async (tx) => tx.enqueue(...items));
}

describe('a transaction', () => {
  test('that fails leaves neither items nor events nor hints', async () => {
    const heard: string[] = [];
    const unsubscribe = db.signals.subscribe('lane:thread', () => heard.push('lane'));
    const failing = db.database.asUser(alice, async (tx) => {
      tx.enqueue(item());
      tx.emit({ user_id: alice, type: 'x', subject: null, payload: {} });
      tx.onCommit(() => heard.push('committed'));
      await sql`select 1 / 0`.execute(tx.db);
    });
    await expect(failing).rejects.toThrow(/division by zero/);
    unsubscribe();
    expect(await itemsOf(key)).toEqual([]);
    expect(heard).toEqual([]);
  });

  test('begins with its first query, whatever the values of that are', async () => {
    const odd = `it's \\ "$1" $2; rollback; -- ü 🎉\n`;
    const bytes = Buffer.from([0, 39, 92, 255]);
    const first = async (value: unknown, type: string) =>
      await db.database.asUser(alice, async (tx) => {
        const { rows } = await sql`
          select ${value}::${sql.raw(type)} as value, current_setting('app.user_id') as tenant`.execute(
          tx.db,
        );
        return rows;
      });
    expect(await first(odd, 'text')).toEqual([{ value: odd, tenant: alice }]);
    expect(await first([odd, null], 'text[]')).toEqual([{ value: [odd, null], tenant: alice }]);
    expect(await first({ odd }, 'jsonb')).toEqual([{ value: { odd }, tenant: alice }]);
    // These can't stand in a text.
    expect(await first(bytes, 'bytea')).toEqual([{ value: bytes, tenant: alice }]);
    await expect(first('a\0b', 'text')).rejects.toMatchObject({ code: '22021' });
  });

  test('that swallows a failed statement does not pass for committed', async () => {
    const swallowing = db.database.asUser(alice, async (tx) => {
      await sql`update users set name = 'changed'`.execute(tx.db);
      await sql`select 1 / 0`.execute(tx.db).catch(() => {});
    });
    await expect(swallowing).rejects.toThrow(/current transaction is aborted/);
  });

  test('that has failed leaves no query behind that would run after it, on its own', async () => {
    const failing = db.database.asSystem(async (tx) => {
      const late = sql`update users set name = 'late' where id = ${alice}`;
      await Promise.all([sql`select 1 / 0`.execute(tx.db), late.execute(tx.db), late.execute(tx.db)]);
    });
    await expect(failing).rejects.toThrow(/division by zero/);
    await db.database.asSystem(async (tx) => await sql`select pg_sleep(0.02)`.execute(tx.db));
    expect((await db.owner.query(`select 1 from users where name = 'late'`)).rowCount).toBe(0);
  });

  test('without a query of its own is one round trip, with its tenant and its checks', async () => {
    await enqueue(item({ payload: { n: 1, text: `it's \\ "quoted"` } }));
    expect(await itemsOf(key)).toMatchObject([{ payload: { n: 1, text: `it's \\ "quoted"` } }]);
    await expect(
      db.database.asUser(alice, async (tx) => {
        tx.emit({ user_id: newId(), type: 'x', subject: null, payload: {} });
        await Promise.resolve();
      }),
    ).rejects.toThrow(/another tenant/);
    // The connection that failed is as good as new.
    await Promise.all(Array.from({ length: 20 }, async () => await enqueue(item())));
    expect(await itemsOf(key)).toHaveLength(21);
  });

  test('makes its last writes behind all others and with its commit, whatever their values', async () => {
    const names = [`O'Hara \\ "quoted", {braced} $1`, '', 'null'];
    const at = new Date('2026-11-20T12:34:56.789Z');
    await db.database.asUser(alice, async (tx) => {
      tx.last(sql`update users set name = name || ${' and last'}
        where ${null}::text is null and id = ${alice} and name = ${names[0]}`);
      tx.last(sql`update users set first_name = array_to_string(${names}::text[], '|'),
        last_name = (${at}::timestamptz at time zone 'UTC')::text where id = ${alice}`);
      await sql`update users set name = ${names[0]} where id = ${alice}`.execute(tx.db);
    });
    const { rows } = await db.owner.query('select name, first_name, last_name from users where id = $1', [
      alice,
    ]);
    expect(rows).toEqual([
      { name: `${names[0]} and last`, first_name: names.join('|'), last_name: '2026-11-20 12:34:56.789' },
    ]);
  });

  test('whose last write fails has written nothing', async () => {
    const failing = db.database.asUser(alice, async (tx) => {
      await sql`update users set name = 'changed' where id = ${alice}`.execute(tx.db);
      tx.last(sql`select 1 / ${0}::int`);
      tx.enqueue(item());
    });
    await expect(failing).rejects.toThrow(/division by zero/);
    const { rows } = await db.owner.query<{ name: string }>('select name from users where id = $1', [alice]);
    expect(rows[0]?.name).not.toBe('changed');
    expect(await itemsOf(key)).toEqual([]);
  });

  test('of nothing but a last write makes it', async () => {
    await db.database.asUser(alice, async (tx) => {
      await Promise.resolve();
      tx.last(sql`update users set name = 'by itself' where id = ${alice}`);
    });
    const { rows } = await db.owner.query('select name from users where id = $1', [alice]);
    expect(rows).toEqual([{ name: 'by itself' }]);
  });

  test('whose connection is closed while it pauses fails, and the program lives on', async () => {
    const cut = db.database.asUser(alice, async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx.db);
      await db.owner.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await until('the backend is gone', async () => {
        return (
          (await db.owner.query('select 1 from pg_stat_activity where pid = $1', [rows[0]?.pid])).rowCount ===
          0
        );
      });
      await sql`select 1`.execute(tx.db);
    });
    await expect(cut).rejects.toThrow(/terminat|not queryable|EPIPE|ECONNRESET/i);
    await enqueue(item());
    expect(await itemsOf(key)).toHaveLength(1);
  });

  test('that is frozen is cut off after ten seconds, and what it had locked is free', async () => {
    const through = Promise.withResolvers<void>();
    const frozen = db.database.asSystem(async (tx) => {
      await sql`update users set first_name = 'frozen' where id = ${alice}`.execute(tx.db);
      await through.promise;
      await sql`select 1`.execute(tx.db);
    });
    await until('it holds the row', async () => {
      const holders = `select 1 from pg_stat_activity where datname = current_database() and state = 'idle in transaction'
        and query like 'begin; % update users %' and pid <> pg_backend_pid()`;
      return (await db.owner.query(holders)).rowCount === 1;
    });
    await db.owner.query(`update users set last_name = 'through' where id = $1`, [alice]);
    through.resolve();
    await expect(frozen).rejects.toThrow(/terminat|not queryable|idle-in-transaction/i);
    const { rows } = await db.owner.query('select first_name, last_name from users where id = $1', [alice]);
    expect(rows).toEqual([{ first_name: null, last_name: 'through' }]);
  });
});

describe('dedupe', () => {
  test('drops a second item with the key, in one transaction, in the next, and after the first has ended', async () => {
    await enqueue(item({ dedupe_key: 'a', payload: { n: 1 } }), item({ dedupe_key: 'a', payload: { n: 2 } }));
    await enqueue(item({ dedupe_key: 'a', payload: { n: 3 } }));
    await db.owner.query(
      `update lane_items set status = 'completed', finished_at = now() where lane_key = $1`,
      [key],
    );
    await enqueue(item({ dedupe_key: 'a', payload: { n: 4 } }), item({ dedupe_key: 'b', payload: { n: 5 } }));
    expect((await itemsOf(key)).map(({ payload }) => payload.n)).toEqual([1, 5]);
  });

  test('is per lane', async () => {
    const other = `thread:${newId()}`;
    await enqueue(item({ dedupe_key: 'a' }), item({ key: other, dedupe_key: 'a' }));
    expect(await itemsOf(other)).toHaveLength(1);
  });

  test('takes no number for the place of an item without a key', async () => {
    await enqueue(
      item({ payload: { n: 1 } }),
      item({ dedupe_key: '1', payload: { n: 2 } }),
      item({ payload: { n: 3 } }),
    );
    expect((await itemsOf(key)).map(({ payload }) => payload.n)).toEqual([1, 2, 3]);
  });

  test('holds between transactions that run at once', async () => {
    await Promise.all(Array.from({ length: 20 }, async () => await enqueue(item({ dedupe_key: 'a' }))));
    expect(await itemsOf(key)).toHaveLength(1);
  });
});

test('an item meets its lane even when that is pruned at the same moment', async () => {
  await enqueue(item());
  await db.owner.query(`delete from lane_items where lane_key = $1`, [key]);
  await db.owner.query(`update lanes set head_seq = null, idle_since = 'epoch' where key = $1`, [key]);
  const pruner = await connect(db.connection, 'famulus test pruner');
  await pruner.query('begin');
  await pruner.query('delete from lanes where key = $1', [key]);
  const enqueued = enqueue(item({ payload: { n: 7 } }));
  await until('the enqueuer waits for the pruner', async () => {
    return (
      (
        await db.owner.query(
          `select 1 from pg_locks where not granted and database = (select oid from pg_database where datname = $1)`,
          [db.name],
        )
      ).rowCount !== 0 ||
      (
        await db.owner.query(
          `select 1 from pg_stat_activity where datname = $1 and wait_event_type = 'Lock'`,
          [db.name],
        )
      ).rowCount
    );
  });
  await pruner.query('commit');
  await pruner.end();
  await enqueued;
  expect((await itemsOf(key)).map(({ payload }) => payload.n)).toEqual([7]);
});

test('pruning takes ended items and empty lanes of an age, and nothing else', async () => {
  const kept = `thread:${newId()}`;
  await enqueue(item(), item({ key: kept }), item({ key: kept }));
  await db.owner.query(
    `update lane_items set status = 'completed', finished_at = '2020-01-01'
     where lane_key = $1 or (lane_key = $2 and seq = 1)`,
    [key, kept],
  );
  await db.owner.query(`update lanes set head_seq = null, idle_since = '2020-01-01' where key = $1`, [key]);
  expect(await pruneLanes(db.database.system, new Date('2021-01-01'))).toBe(2);
  expect((await db.owner.query('select key from lanes where key = any($1)', [[key, kept]])).rows).toEqual([
    { key: kept },
  ]);
  expect(await itemsOf(kept)).toHaveLength(1);
});

test('a transaction inside a lane commits nothing once the lane is lost', async () => {
  await enqueue(item());
  const worker = newId();
  const claim = async (by: string) =>
    (
      await claimLanes(db.database.system, {
        worker: by,
        scopes: ['thread'],
        max_count: 1000,
        user_cap: 1000,
        lease_ms: 1,
        cursor_owner: newId(),
      })
    ).find((one) => one.key === key);
  const first = await claim(worker);
  if (!first) throw new Error('nothing was claimed');
  const held = { key, worker, fence: first.fence, seq: first.seq };
  const write = async (tx: Tx) =>
    await sql`update users set name = 'stale' where id = ${alice}`.execute(tx.db);
  await db.owner.query(`update lanes set leased_by = null where key = $1`, [key]);
  await expect(db.database.inLane(held, alice, write)).rejects.toThrow(/another worker/);
  // The same worker again: the fence alone tells its two leases apart.
  const second = await claim(worker);
  expect(second?.fence).toBe(first.fence + 1);
  await expect(db.database.inLane(held, alice, write)).rejects.toThrow(/another worker/);
  const { rows } = await db.owner.query<{ name: string }>('select name from users where id = $1', [alice]);
  expect(rows[0]?.name).not.toBe('stale');
});
