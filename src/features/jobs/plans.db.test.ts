import { afterAll, beforeAll, expect, test } from 'vitest';

import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { explaining, type Explaining } from '#test/query-plans.ts';
import { selectJobs } from './queries.ts';

const db = testDatabase();

let system: Explaining;
let user: string;

beforeAll(async () => {
  user = (await createUser(db.database.system)).id;
  await db.owner.query(
    `insert into lanes (key, user_id, next_seq, idle_since)
     select 'old:' || n, $1::uuid, 2, now() from generate_series(1, 50000) n`,
    [user],
  );
  await db.owner.query(
    `insert into lane_items (lane_key, seq, type, kind, payload, priority, status, error, enqueued_at, finished_at)
     select 'old:' || n, 1, 'user', 'test', '{}', 1, case when n % 1000 = 0 then 'parked' else 'completed' end,
            case when n % 1000 = 0 then 'no' end, now() - n * interval '1 second', now()
     from generate_series(1, 50000) n`,
  );
  await db.owner.query('vacuum analyze lanes, lane_items');
  system = await explaining(db, 'system');
});

afterAll(async () => {
  await system?.close();
});

test.each([
  ['everyone’s', () => ({}), 'lane_items_enqueued'],
  ['a user’s', () => ({ user_id: user }), 'lane_items_enqueued'],
  ['parked ones', () => ({ status: ['parked' as const, 'failed' as const] }), 'lane_items_troubled'],
  ['those that wait', () => ({ status: ['pending' as const] }), 'lane_items_unfinished'],
])('a page of %s is read from an index', async (_of, filter, index) => {
  const [position, lane] = [(Date.now() - 60_000) * 1000, 'old:1'];
  // More than five times, since PostgreSQL then goes over to a plan that fits any parameters.
  for (let time = 0; time < 7; time++) {
    for (const after of [undefined, [position, lane, 1] as [number, string, number]]) {
      await selectJobs(system.db, filter(), { after, count: 20 });
      for (const { nodes, pages } of system.taken()) {
        expect(nodes.map((node) => node['Node Type'])).not.toContain('Seq Scan');
        expect(nodes.map((node) => node['Index Name'])).toContain(index);
        expect(pages).toBeLessThan(400);
      }
    }
  }
});
