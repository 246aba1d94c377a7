import { readFile } from 'node:fs/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { byKey, createLedger, overlaps, readLedger } from '#test/lane-ledger.ts';
import { startLaneProcess, type LaneProcess } from '#test/lane-process.ts';
import type { Does } from '#test/lane-worker.ts';
import { until } from '#test/until.ts';

const db = testDatabase();

let user: string;

beforeAll(async () => await createLedger(db));

beforeEach(async () => {
  user = (await createUser(db.database.system)).id;
});

afterEach(async () => {
  await db.owner.query('truncate ledger; delete from lanes');
});

interface Work {
  key: string;
  ms?: number;
  does?: Does;
}

/** Each in a transaction of its own. */
async function enqueue(works: Work[]): Promise<void> {
  for (const { key, ms = 1, does = 'work' } of works) {
    await db.database.asUser(user, async (tx) =>
      tx.enqueue({ key: `test:${key}`, user_id: user, type: 'user', kind: 'test', payload: { ms, does } }),
    );
  }
}

/** `keys` × `each` items that take a few ms. */
function spread(keys: number, each: number, ms = 5): Work[] {
  return Array.from({ length: keys * each }, (_, n) => ({ key: `k${n % keys}`, ms }));
}

async function ended(): Promise<void> {
  await until(
    'all items have ended',
    async () => (await db.owner.query('select 1 from lane_items where finished_at is null')).rowCount === 0,
    25_000,
  );
}

async function statuses(): Promise<Record<string, number>> {
  const { rows } = await db.owner.query<{ status: string; n: number }>(
    'select status, count(*)::int as n from lane_items group by status',
  );
  return Object.fromEntries(rows.map(({ status, n }) => [status, n]));
}

/** Every item once in the ledger of commits, in the order of its key. */
async function expectEachOnceInOrder(total: number): Promise<void> {
  const commits = await readLedger(db, 'commit');
  expect(commits).toHaveLength(total);
  for (const ofKey of byKey(commits).values()) {
    expect(ofKey.map(({ seq }) => seq)).toEqual(ofKey.map((_, index) => index + 1));
  }
}

async function started(process: LaneProcess): Promise<void> {
  await until('it has started an item', async () =>
    (await readLedger(db, 'start')).some(({ worker }) => worker === process.worker),
  );
}

/** Until the kernel has stopped it (state T of /proc/<pid>/stat). */
async function stopped(process: LaneProcess): Promise<void> {
  await until('it is stopped', async () =>
    (await readFile(`/proc/${process.pid}/stat`, 'utf8')).includes(') T '),
  );
}

describe('several worker processes', () => {
  test('work every item once, one of a key at a time, in order', async () => {
    const workers = await Promise.all([startLaneProcess(db), startLaneProcess(db), startLaneProcess(db)]);
    await enqueue(spread(12, 15));
    await ended();
    const all = await readLedger(db);
    expect(overlaps(all)).toEqual([]);
    await expectEachOnceInOrder(180);
    const shares = workers.map(({ worker }) =>
      all.filter((entry) => entry.what === 'commit' && entry.worker === worker),
    );
    for (const share of shares) expect(share.length).toBeGreaterThan(0);
  });

  test('take over at once from one that was killed, long before its leases end', async () => {
    const [victim] = await Promise.all([startLaneProcess(db), startLaneProcess(db)]);
    await enqueue(spread(8, 10, 20));
    await started(victim);
    victim.signal('SIGKILL');
    await victim.ended;
    const killed = performance.now();
    await ended();
    // The lease is 15 s.
    expect(performance.now() - killed).toBeLessThan(6_000);
    expect(overlaps(await readLedger(db), [victim.worker])).toEqual([]);
    await expectEachOnceInOrder(80);
  });

  test('lose nothing when one after the other is killed', async () => {
    await enqueue(spread(10, 20, 8));
    const gone: string[] = [];
    for (let round = 0; round < 4; round++) {
      const victim = await startLaneProcess(db, { maxAttempts: 20 });
      await started(victim);
      victim.signal('SIGKILL');
      await victim.ended;
      gone.push(victim.worker);
    }
    await startLaneProcess(db, { maxAttempts: 20 });
    await ended();
    expect(await statuses()).toEqual({ completed: 200 });
    expect(overlaps(await readLedger(db), gone)).toEqual([]);
    await expectEachOnceInOrder(200);
  });

  test('park what kills its worker every time, and go on with its lane', async () => {
    await enqueue([{ key: 'a', does: 'crash_always' }, { key: 'a' }]);
    for (let start = 0; start < 2; start++) await (await startLaneProcess(db, { maxAttempts: 2 })).ended;
    await startLaneProcess(db, { maxAttempts: 2 });
    await ended();
    expect(await statuses()).toEqual({ parked: 1, completed: 1 });
    expect(await readLedger(db, 'parked')).toHaveLength(1);
  });
});

describe('a frozen worker', () => {
  test('stopped beyond its lease and continued commits nothing and stops', async () => {
    const frozen = await startLaneProcess(db, { leaseMs: 1_000 });
    await enqueue([{ key: 'a', does: 'freeze' }, { key: 'a' }]);
    await started(frozen);
    await stopped(frozen);
    await startLaneProcess(db, { leaseMs: 1_000 });
    await ended();
    expect(await readLedger(db, 'commit')).toHaveLength(2);
    frozen.signal('SIGCONT');
    const { result } = await until('it has noticed', () => frozen.said.find((line) => line.result));
    expect(result).toBe('lost');
    const commits = await readLedger(db, 'commit');
    expect(commits.map(({ seq, worker }) => [seq, worker === frozen.worker])).toEqual([
      [1, false],
      [2, false],
    ]);
    // It is a worker like any other again.
    await enqueue(spread(20, 1, 50));
    await ended();
    expect((await readLedger(db, 'commit')).some(({ worker }) => worker === frozen.worker)).toBe(true);
  });

  test('keeps its lane while its lease lasts: nobody else works it', async () => {
    const frozen = await startLaneProcess(db);
    await enqueue([{ key: 'a', does: 'freeze' }]);
    await started(frozen);
    await stopped(frozen);
    const other = await startLaneProcess(db);
    await enqueue([{ key: 'b' }]);
    await until('the other one works', () => other.said.some(({ key }) => key === 'test:b'));
    frozen.signal('SIGCONT');
    await ended();
    expect((await readLedger(db, 'commit')).find(({ key }) => key === 'test:a')?.worker).toBe(frozen.worker);
    expect(await readLedger(db, 'start')).toHaveLength(2);
  });

  test('frozen inside a transaction commits nothing of it either', async () => {
    const frozen = await startLaneProcess(db, { leaseMs: 1_000 });
    await enqueue([{ key: 'a', does: 'freeze_in_transaction' }, { key: 'a' }]);
    await started(frozen);
    await stopped(frozen);
    await startLaneProcess(db, { leaseMs: 1_000 });
    await ended();
    frozen.signal('SIGCONT');
    await until('it has noticed', () => frozen.said.find((line) => line.result));
    await expectEachOnceInOrder(2);
    const commits = await readLedger(db, 'commit');
    expect(commits.filter(({ worker }) => worker === frozen.worker)).toEqual([]);
    // It outlives the loss of its connection.
    await enqueue(spread(20, 1, 50));
    await ended();
    expect((await readLedger(db, 'commit')).some(({ worker }) => worker === frozen.worker)).toBe(true);
  });
});

describe('when PostgreSQL closes every connection', () => {
  async function cutAll(): Promise<void> {
    await db.owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and application_name <> 'famulus test ledger'`,
    );
  }

  test('again and again, workers recover by themselves and lose nothing', async () => {
    await Promise.all([startLaneProcess(db, { maxAttempts: 50 }), startLaneProcess(db, { maxAttempts: 50 })]);
    await enqueue(spread(10, 30, 5));
    for (let round = 0; round < 5; round++) {
      const before = (await readLedger(db, 'commit')).length;
      await until(
        'some more are done',
        async () => (await readLedger(db, 'commit')).length > Math.min(before + 20, 299),
      );
      await cutAll();
    }
    await ended();
    expect(await statuses()).toEqual({ completed: 300 });
    await expectEachOnceInOrder(300);
  });
});
