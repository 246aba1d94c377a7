import { describe, expect, test } from 'vitest';

import type { NewLaneItem } from '#platform/db/index.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { gate, laneRig, nameOf } from '#test/lane-rig.ts';
import { until } from '#test/until.ts';
import type { ClaimedItem } from './queries.ts';

const db = testDatabase({ poolSize: 10 });
const rig = laneRig(db);
const { start, item, enqueue, allEnded } = rig;

describe('order', () => {
  test('items of a key are worked one at a time, in order; other keys meanwhile', async () => {
    const both = gate();
    const order: string[] = [];
    const busy = new Set<string>();
    let overlapping = 0;
    let atOnce = 0;
    start(async ({ key, payload }) => {
      if (busy.has(key)) overlapping++;
      busy.add(key);
      atOnce = Math.max(atOnce, busy.size);
      if (atOnce === 2) both.open();
      await both.opened;
      order.push(nameOf(payload));
      busy.delete(key);
    });
    const names = Array.from({ length: 20 }, (_, n) => `${n}`);
    await enqueue(
      ...names.map((name) => item({ key: `${rig.scope}:a`, name: `a${name}` })),
      ...names.map((name) => item({ key: `${rig.scope}:b`, name: `b${name}` })),
    );
    await allEnded();
    expect(overlapping).toBe(0);
    expect(atOnce).toBe(2);
    expect(order.filter((name) => name.startsWith('a'))).toEqual(names.map((name) => `a${name}`));
    expect(order.filter((name) => name.startsWith('b'))).toEqual(names.map((name) => `b${name}`));
  });

  test('a retry is not overtaken by later items of its key', async () => {
    const order: string[] = [];
    start(async ({ payload, attempt }) => {
      order.push(`${nameOf(payload)}/${attempt}`);
      if (payload.name === 'first' && attempt < 3) throw new Error('not yet');
      await Promise.resolve();
    });
    await enqueue(item({ name: 'first' }));
    await until('it failed once', () => rig.results.some(({ result }) => result === 'retry'));
    await enqueue(item({ name: 'second' }), item({ name: 'third', priority: 'high' }));
    await allEnded();
    expect(order).toEqual(['first/1', 'first/2', 'first/3', 'second/1', 'third/1']);
  });

  test('items written by the handler itself into its own lane come after it', async () => {
    const order: unknown[] = [];
    start(async ({ payload }, lease) => {
      order.push(payload.name);
      await lease.finish(async (tx) => {
        if (payload.name === 'first') tx.enqueue(item({ name: 'second' }));
        await Promise.resolve();
      });
    });
    await enqueue(item({ name: 'first' }));
    await until('both were worked', () => order.length === 2);
    await allEnded();
    expect(order).toEqual(['first', 'second']);
  });
});

describe('what is taken first', () => {
  /** The order in which one slot works what is there when it starts. */
  async function orderOf(...items: NewLaneItem[]): Promise<unknown[]> {
    await enqueue(...items);
    const order: unknown[] = [];
    start(async ({ payload }) => await Promise.resolve(void order.push(payload.name)), { concurrency: 1 });
    await allEnded();
    return order;
  }

  test('high before normal before low', async () => {
    const order = await orderOf(
      item({ key: `${rig.scope}:a`, name: 'low', priority: 'low' }),
      item({ key: `${rig.scope}:b`, name: 'normal' }),
      item({ key: `${rig.scope}:c`, name: 'high', priority: 'high' }),
    );
    expect(order).toEqual(['high', 'normal', 'low']);
  });

  test('what is urgent pulls what stands before it, and what stands behind it falls back', async () => {
    const order = await orderOf(
      item({ key: `${rig.scope}:a`, name: 'a1', priority: 'low' }),
      item({ key: `${rig.scope}:a`, name: 'a2', priority: 'high' }),
      item({ key: `${rig.scope}:a`, name: 'a3', priority: 'low' }),
      item({ key: `${rig.scope}:b`, name: 'b1' }),
    );
    expect(order).toEqual(['a1', 'a2', 'b1', 'a3']);
  });

  test('users have their turn one after the other, the system among them', async () => {
    const bob = (await createUser(db.database.system)).id;
    const lanes = (who: string, user_id: string | null, many: number) =>
      Array.from({ length: many }, (_, n) => item({ key: `${rig.scope}:${who}${n}`, user_id, name: who }));
    const order = await orderOf(
      ...lanes('alice', rig.user, 12),
      ...lanes('bob', bob, 3),
      ...lanes('system', null, 12),
    );
    expect(order).toHaveLength(27);
    for (const who of ['alice', 'bob', 'system']) {
      expect(order.slice(0, 9).filter((one) => one === who)).toHaveLength(3);
    }
    expect(order.slice(9).filter((who, index) => who === order[8 + index])).toEqual([]);
  });

  test('no scope starves another', async () => {
    const other = `${rig.scope}x`;
    await enqueue(
      ...Array.from({ length: 10 }, (_, n) => item({ key: `${rig.scope}:${n}`, name: 'one' })),
      ...Array.from({ length: 10 }, (_, n) => item({ key: `${other}:${n}`, name: 'other' })),
    );
    const order: unknown[] = [];
    const work = async ({ payload }: ClaimedItem) => await Promise.resolve(void order.push(payload.name));
    start(work, { concurrency: 1, scopes: [rig.scope, other] });
    await until('all were worked', () => order.length === 20);
    expect(order.slice(0, 10).filter((name) => name === 'other')).toHaveLength(5);
  });

  test('one user has no more lanes at once than the cap, others go on', async () => {
    const bob = (await createUser(db.database.system)).id;
    const end = gate();
    const busy: Record<string, number> = {};
    let most = 0;
    start(
      async ({ user_id }) => {
        const user = user_id ?? '';
        busy[user] = (busy[user] ?? 0) + 1;
        most = Math.max(most, busy[user]);
        await end.opened;
        busy[user]--;
      },
      { concurrency: 10, userCap: 2 },
    );
    await enqueue(
      ...Array.from({ length: 8 }, (_, n) => item({ key: `${rig.scope}:a${n}` })),
      item({ key: `${rig.scope}:b`, user_id: bob }),
    );
    await until("the other user's turn has come", () => busy[bob] === 1 && busy[rig.user] === 2);
    end.open();
    await allEnded();
    expect(most).toBe(2);
  });

  test("a user's lanes of another kind do not count", async () => {
    const end = gate();
    const started: string[] = [];
    start(
      async ({ key }) => {
        started.push(key);
        if (key.startsWith(`${rig.scope}:`)) await end.opened;
      },
      { userCap: 1, scopes: [rig.scope, `${rig.scope}x`] },
    );
    await enqueue(item({ key: `${rig.scope}:slow` }));
    await until('the slow one runs', () => started.length === 1);
    await enqueue(item({ key: `${rig.scope}x:quick` }));
    await until('the quick one ran beside it', () => started.includes(`${rig.scope}x:quick`));
    end.open();
    await allEnded();
  });
});
