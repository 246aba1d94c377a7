import { afterAll, beforeAll, expect, test } from 'vitest';

import { newId } from '#platform/ids/index.ts';
import { claimLanes, releaseDeadLeases } from '#platform/lanes/queries.ts';
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

test('the hot statements scan no table that will grow, however empty it is', async () => {
  const user = (await createUser(db.database.system)).id;
  const worker = newId();
  const plans: RunPlan[] = [];
  for (let time = 0; time < 7; time++) {
    const key = `test:${newId()}`;
    const item = { key, user_id: user, type: 'user', kind: 'test', payload: {}, dedupe_key: 'a' } as const;
    await runTransaction({ db: app.db, userId: user, onHints: () => {} }, async (tx) => {
      tx.enqueue(item, { ...item, dedupe_key: 'b' });
      tx.emit({ user_id: user, type: 'test', subject: null, payload: {} });
      await Promise.resolve();
    });
    await releaseDeadLeases(system.db, worker);
    const [claimed] = await claimLanes(system.db, {
      worker,
      scopes: ['test'],
      max_count: 1,
      user_cap: 100,
      lease_ms: 15_000,
      cursor_owner: newId(),
    });
    const held = { key: claimed?.key ?? '', worker, fence: claimed?.fence ?? 0, seq: claimed?.seq ?? 0 };
    await runTransaction({ db: app.db, userId: user, held, onHints: () => {} }, async (tx) => {
      tx.finish({ outcome: 'completed' });
      await Promise.resolve();
    });
    plans.push(...app.taken(), ...system.taken());
  }
  expect(plans.length).toBeGreaterThan(50);
  const growing = new Set(['lanes', 'lane_items', 'events', 'users']);
  expect(scanned(plans).filter((relation) => growing.has(relation))).toEqual([]);
});
