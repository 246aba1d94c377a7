import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';

import { connect } from '#platform/db/connection.ts';
import { laneItemRecord } from '#platform/db/effects.ts';
import { AppError } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { gate, laneRig, nameOf } from '#test/lane-rig.ts';
import { until } from '#test/until.ts';
import type { LaneHandler, Lease } from './handlers.ts';
import { claimLanes, requestCancel } from './queries.ts';

const db = testDatabase({ poolSize: 10 });
const rig = laneRig(db);
const { start, item, enqueue, statuses, allEnded } = rig;

describe('failures', () => {
  test('a poison item is parked after its attempts, its user is told, the lane goes on', async () => {
    const told: string[] = [];
    start(
      async ({ payload }) => {
        if (payload.name === 'poison') throw new Error('no way');
        await Promise.resolve();
      },
      {
        maxAttempts: 2,
        onParked: async (tx, parked, error) => {
          told.push(`${nameOf(parked.payload)}: ${error}`);
          tx.emit({ user_id: rig.user, type: 'test.parked', subject: null, payload: {} });
          await Promise.resolve();
        },
      },
    );
    await enqueue(item({ name: 'poison' }), item({ name: 'next' }));
    await allEnded();
    expect(await statuses()).toEqual([
      ['poison', 'parked', 2],
      ['next', 'completed', 1],
    ]);
    expect(told).toEqual(['poison: no way']);
    const { rows } = await db.owner.query('select type from events where user_id = $1', [rig.user]);
    expect(rows).toEqual([{ type: 'test.parked' }]);
  });

  test('an error that says it is final is not tried again', async () => {
    start(async () => {
      throw new AppError({ code: 'test.never', kind: 'invalid', message: 'never' });
    });
    await enqueue(item({ name: 'hopeless' }));
    await allEnded();
    expect(await statuses()).toEqual([['hopeless', 'parked', 1]]);
  });

  /** Two workers that began the first item and were never heard of again. */
  async function loseTwoWorkers(): Promise<void> {
    for (let n = 0; n < 2; n++) {
      await claimLanes(db.database.system, {
        worker: newId(),
        scopes: [rig.scope],
        max_count: 1,
        user_cap: 4,
        lease_ms: 15_000,
        cursor_owner: newId(),
      });
      await sql`select release_dead_leases(${newId()})`.execute(db.database.system);
    }
  }

  test('an item that ends its worker each time is parked too', async () => {
    let started = 0;
    await enqueue(item({ name: 'deadly' }), item({ name: 'next' }));
    await loseTwoWorkers();
    start(async () => await Promise.resolve(void started++), { maxAttempts: 2, maxStarts: 2 });
    await allEnded();
    expect(await statuses()).toEqual([
      ['deadly', 'parked', 3],
      ['next', 'completed', 1],
    ]);
    expect(started).toBe(1);
  });

  test('workers that die are not held against an item as failures are', async () => {
    await enqueue(item());
    await loseTwoWorkers();
    start(async () => {}, { maxAttempts: 1 });
    await allEnded();
    expect(await statuses()).toEqual([['item', 'completed', 3]]);
  });

  test('an item nobody has a handler for is parked, not left at the head for ever', async () => {
    start(async () => {});
    await enqueue(item({ name: 'unknown', kind: 'unknown' }), item({ name: 'next' }));
    await allEnded();
    expect((await statuses()).map(([, status]) => status)).toEqual(['parked', 'completed']);
  });

  test('what can not be told when an item is parked does not hold up the lane', async () => {
    start(
      async ({ payload }) => {
        if (payload.name === 'poison') throw new Error('no way');
        await Promise.resolve();
      },
      {
        maxAttempts: 1,
        onParked: async (tx) => {
          await sql`select 1 / 0`.execute(tx.db);
        },
      },
    );
    await enqueue(item({ name: 'poison' }), item({ name: 'next' }));
    await allEnded();
    expect((await statuses()).map(([, status]) => status)).toEqual(['parked', 'completed']);
    const { rows } = await db.owner.query<{ error: string }>(
      `select error from lane_items where lane_key = $1 and status = 'parked'`,
      [`${rig.scope}:one`],
    );
    expect(rows[0]?.error).toMatch(/^no way; and onParked failed: .*division by zero/);
  });

  test('a lane that waited for a month is worked', async () => {
    await enqueue(item());
    await db.owner.query(`update lanes set not_before = now() - interval '40 days' where key = $1`, [
      `${rig.scope}:one`,
    ]);
    start(async () => {});
    await allEnded();
    expect(rig.errors).toEqual([]);
  });

  test('a transaction of the handler that failed leaves nothing, those before it stay', async () => {
    start(async ({ attempt }, lease) => {
      await lease.transaction(
        async (tx) => void (await sql`update users set first_name = ${String(attempt)}`.execute(tx.db)),
      );
      await lease.finish(async (tx) => {
        await sql`update users set last_name = 'finished'`.execute(tx.db);
        if (attempt === 1) throw new Error('after all');
      });
    });
    await enqueue(item());
    await until('it failed once', () => rig.results[0]?.result === 'retry');
    const read = async () =>
      (await db.owner.query('select first_name, last_name from users where id = $1', [rig.user])).rows[0];
    expect(await read()).toEqual({ first_name: '1', last_name: null });
    await allEnded();
    expect(await read()).toEqual({ first_name: '2', last_name: 'finished' });
  });
});

describe('a lane that was lost unnoticed', () => {
  test('and is claimed again by the same worker waits for the handler that still runs', async () => {
    const end = gate();
    const order: string[] = [];
    start(async ({ attempt }, lease) => {
      order.push(`start ${attempt}`);
      if (attempt > 1) return;
      await new Promise((resolve) => lease.signal.addEventListener('abort', resolve));
      order.push(`told: ${lease.cancelled() ? 'cancelled' : 'lost'}`);
      await end.opened;
      order.push(`end ${attempt}`);
      await lease.transaction(async (tx) => {
        await sql`update users set name = 'stale'`.execute(tx.db);
      });
    });
    await enqueue(item());
    await until('it runs', () => order.length === 1);
    // As another worker's sweep does when PostgreSQL was restarted and our session is not there yet.
    await sql`update lanes set leased_by = null where key = ${`${rig.scope}:one`}`.execute(
      db.database.system,
    );
    db.signals.publish(`lane:${rig.scope}`);
    await until('it is told', () => order.length === 2);
    const before = rig.looks;
    await until('the worker has looked at the lanes again', () => rig.looks > before + 1);
    expect(order).toEqual(['start 1', 'told: lost']);
    end.open();
    await allEnded();
    expect(order).toEqual(['start 1', 'told: lost', 'end 1', 'start 2']);
    await until('both are done', () => rig.results.length === 2);
    expect(rig.results.map(({ result }) => result)).toEqual(['lost', 'finished']);
    expect((await db.owner.query(`select 1 from users where name = 'stale'`)).rowCount).toBe(0);
  });
});

describe('cancelling', () => {
  test('keeps the lease until the handler has returned', async () => {
    const end = gate();
    const order: unknown[] = [];
    start(async ({ payload }, lease) => {
      order.push(payload.name);
      if (payload.name !== 'first') return;
      await new Promise((resolve) => lease.signal.addEventListener('abort', resolve));
      order.push(lease.cancelled() ? 'told' : 'mistaken');
      await end.opened;
      order.push('returned');
      await lease.finish(async (tx) => tx.finish({ outcome: 'cancelled' }));
    });
    await enqueue(item({ name: 'first' }), item({ name: 'second' }));
    await until('the first runs', () => order.length === 1);
    expect(await requestCancel(db.database.system, `${rig.scope}:one`)).toBe(true);
    db.signals.publish(`cancel:${rig.scope}:one`);
    await until('it is told', () => order.length === 2);
    const before = rig.looks;
    await until('the worker has looked at the lanes again', () => rig.looks > before + 1);
    end.open();
    await allEnded();
    expect(order).toEqual(['first', 'told', 'returned', 'second']);
    expect((await statuses()).map(([, status]) => status)).toEqual(['cancelled', 'completed']);
  });

  test('reaches a worker whose hint was lost, with its heartbeat', async () => {
    const told: boolean[] = [];
    start(
      async (_, lease) => {
        await new Promise((resolve) => lease.signal.addEventListener('abort', resolve));
        told.push(lease.cancelled());
        lease.signal.throwIfAborted();
      },
      { leaseMs: 300 },
    );
    await enqueue(item());
    await until('it runs', async () => (await statuses())[0]?.[1] === 'processing');
    await requestCancel(db.database.system, `${rig.scope}:one`);
    await allEnded();
    expect(told).toEqual([true]);
    // The handler only let its abort through: that is an end, not a failure to be tried again.
    expect(await statuses()).toEqual([['item', 'cancelled', 1]]);
  });

  test('of an item that waits hands it out with the request set', async () => {
    await enqueue(item({ name: 'first' }), item({ name: 'second' }));
    expect(await requestCancel(db.database.system, `${rig.scope}:one`)).toBe(true);
    const cancelled: boolean[] = [];
    start(async (_, lease) => {
      cancelled.push(lease.cancelled());
      if (lease.cancelled()) await lease.finish(async (tx) => tx.finish({ outcome: 'cancelled' }));
    });
    await allEnded();
    expect(cancelled).toEqual([true, false]);
    expect((await statuses()).map(([, status]) => status)).toEqual(['cancelled', 'completed']);
  });

  test('of an empty lane says so', async () => {
    expect(await requestCancel(db.database.system, `${rig.scope}:nothing`)).toBe(false);
    start(async () => {});
    await enqueue(item());
    await allEnded();
    expect(await requestCancel(db.database.system, `${rig.scope}:one`)).toBe(false);
  });
});

describe('stopping', () => {
  test('waits for what runs and takes nothing new', async () => {
    const end = gate();
    let started = 0;
    const worker = start(async () => {
      started++;
      await end.opened;
    });
    await enqueue(item(), item());
    await until('it runs', () => started === 1);
    const stopped = worker.stop(5_000);
    end.open();
    await stopped;
    expect((await statuses()).map(([, status]) => status)).toEqual(['completed', 'pending']);
    expect(started).toBe(1);
  });

  test('what a look claims that was under way is handed back', async () => {
    const began: string[] = [];
    const work: LaneHandler['work'] = async ({ payload }) => void began.push(nameOf(payload));
    const worker = start(work, { pollMs: 60_000 });
    await until('it has looked', () => rig.looks > 0);
    const holder = await connect(db.connection, 'famulus test');
    try {
      // Whoever looks now waits for this transaction, and then sees what it has enqueued.
      await holder.query('begin; lock table lanes in access exclusive mode');
      await holder.query(`select commit_effects(null, $1, '[]')`, [JSON.stringify([laneItemRecord(item())])]);
      db.signals.publish(`lane:${rig.scope}`);
      await until('it looks', async () => {
        const { rows } = await db.owner.query(`
          select from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query like '%claim_lanes%'`);
        return rows.length > 0;
      });
      const stopped = worker.stop(5_000);
      await holder.query('commit');
      await stopped;
    } finally {
      await holder.end();
    }
    expect(began).toEqual([]);
    expect(await statuses()).toEqual([['item', 'pending', 0]]);
    start(work);
    await allEnded();
    expect(began).toEqual(['item']);
  });

  test('after the deadline tells the handlers; it is not held against the item, nor parks it', async () => {
    let started = 0;
    const worker = start(
      async (_, lease: Lease) => {
        started++;
        await new Promise((resolve) => lease.signal.addEventListener('abort', resolve));
        expect(lease.cancelled()).toBe(false);
        lease.signal.throwIfAborted();
      },
      { maxAttempts: 1 },
    );
    await enqueue(item());
    await until('it runs', () => started === 1);
    await worker.stop(1);
    expect(await statuses()).toEqual([['item', 'pending', 0]]);
    start(async () => {}, { maxAttempts: 1 });
    await allEnded();
    expect((await statuses()).map(([, status]) => status)).toEqual(['completed']);
  });
});
