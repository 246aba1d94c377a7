import { afterAll, beforeAll, expect, test } from 'vitest';

import { newId } from '#platform/ids/index.ts';
import { claimLanes, releaseDeadLeases, requestCancel } from '#platform/lanes/queries.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { explaining, type Explaining, type RunPlan } from '#test/query-plans.ts';
import { runTransaction } from './transaction.ts';

/*
 * Functions keep their plans for the session, and tables that are small today are large tomorrow, before PostgreSQL
 * has counted them. So even on an empty database the hot statements must not scan.
 */

const db = testDatabase();

let system: Explaining;
let app: Explaining;

beforeAll(async () => {
  system = await explaining(db, 'system');
  app = await explaining(db, 'app');
});

afterAll(async () => {
  await system?.close();
  await app?.close();
});

function scanned(plans: RunPlan[]): string[] {
  const nodes = plans.flatMap((plan) => plan.nodes);
  return nodes.flatMap((node) => (node['Node Type'] === 'Seq Scan' ? (node['Relation Name'] ?? '') : []));
}

/** An item's way: enqueued with another and an event, claimed, ended; and a sweep. Answers with the plans. */
async function once(user: string): Promise<RunPlan[]> {
  const worker = newId();
  const key = `test:${newId()}`;
  const item = { key, user_id: user, type: 'user', kind: 'test', payload: {}, dedupe_key: 'a' } as const;
  await runTransaction({ db: app.db, userId: user, onHints: () => {} }, async (tx) => {
    tx.enqueue(item, { ...item, dedupe_key: 'b' }, { ...item, dedupe_key: 'b' });
    tx.emit({ user_id: user, type: 'test', subject: null, payload: {} });
    await Promise.resolve();
  });
  const [claimed] = await claimLanes(system.db, {
    worker,
    scopes: ['test'],
    max_count: 1,
    user_cap: 100,
    lease_ms: 3_600_000,
    cursor_owner: newId(),
  });
  const held = { key: claimed?.key ?? '', worker, fence: claimed?.fence ?? 0, seq: claimed?.seq ?? 0 };
  const another = { ...item, key: `test:${newId()}` };
  for (const outcome of ['keep', 'completed'] as const) {
    await runTransaction({ db: app.db, userId: user, held, onHints: () => {} }, async (tx) => {
      if (outcome === 'completed') tx.enqueue(another);
      tx.finish({ outcome });
      await Promise.resolve();
    });
  }
  await requestCancel(system.db, another.key);
  await releaseDeadLeases(system.db, worker);
  return [...app.taken(), ...system.taken()];
}

test('the hot statements scan no table that will grow, and stay frugal when it has grown', async () => {
  const user = (await createUser(db.database.system)).id;
  for (let time = 0; time < 7; time++) {
    const plans = await once(user);
    expect(plans.length).toBeGreaterThan(20);
    const growing = new Set(['lanes', 'lane_items', 'events', 'users']);
    expect(scanned(plans).filter((relation) => growing.has(relation))).toEqual([]);
  }
  // Behind the back of these sessions, whose plans stay as they are.
  await db.owner.query(
    `insert into lanes (key, user_id, next_seq, idle_since)
     select 'old:' || n, $1::uuid, 2, now() from generate_series(1, 50000) n`,
    [user],
  );
  await db.owner.query(
    `insert into lane_items (lane_key, seq, type, kind, payload, priority, status, finished_at)
     select 'old:' || n, 1, 'user', 'test', '{}', 1, 'completed', now() from generate_series(1, 50000) n`,
  );
  for (const { statement, pages } of await once(user)) {
    // The functions as a whole, too: 50,000 rows are 1,500 pages and more.
    expect(pages, statement).toBeLessThan(700);
  }
});
