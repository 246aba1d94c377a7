import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { claimDue, moveDue, untilNextDue } from '#platform/due/queries.ts';
import { eventRange, eventsAfter, pruneEvents } from '#platform/events/queries.ts';
import { newId } from '#platform/ids/index.ts';
import {
  claimLanes,
  pruneLanes,
  releaseAbandoned,
  releaseDeadLeases,
  renewLeases,
} from '#platform/lanes/queries.ts';
import { testDatabase } from '#test/database.ts';
import { explaining, type Explaining, type RunPlan } from '#test/query-plans.ts';
import type { NewLaneItem } from './index.ts';
import { connect } from './connection.ts';
import { runTransaction } from './transaction.ts';

/*
 * A million rows in each hot table, then the hot statements as their roles run them, inside functions too: each must
 * look at few pages. A plan that reads a table or an index from end to end looks at thousands.
 */

const db = testDatabase();
const million = 1_000_000;
const leaser = newId();
const hot = ['lanes', 'lane_items', 'events', 'schedules', 'due'];

let user: string;
let system: Explaining;
let app: Explaining;

/**
 * Each in a session of its own, since they can be made at the same time. With PostgreSQL's clock, since the
 * defaults ask for ours row by row, and like them no two rows at the same instant.
 */
const seeds = [
  // Most lanes are idle; 20,000 are ready, 5,000 wait for a retry, 50 are leased, one has 100,000 items behind it.
  `insert into lanes (key, user_id, next_seq, head_seq, not_before, leased_by, lease_until, fence, idle_since)
   select 'thread:' || n, u.id, case n when 25001 then 100001 else 2 end, case when n <= 25050 then 1 end,
          now() + case when n between 20001 and 25000 then interval '1 hour' else interval '-1 minute' end,
          case when n between 25001 and 25050 then '${leaser}'::uuid end,
          case when n between 25001 and 25050 then now() + interval '1 hour' end,
          1, case when n > 25050 then now() end
   from generate_series(1, ${million}) n join seed_users u on u.number = n % 1000 + 1`,
  `insert into lane_items (lane_key, seq, type, kind, payload, priority, status, dedupe_key, finished_at, enqueued_at)
   select 'thread:' || n, 1, 'user', 'test', '{}', 1,
          case when n > 25050 then 'completed' when n > 25000 then 'processing' else 'pending' end,
          n::text, case when n > 25050 then now() end, now() + n * interval '1 microsecond'
   from generate_series(1, ${million}) n;
   insert into lane_items (lane_key, seq, type, kind, payload, priority, status, enqueued_at)
   select 'thread:25001', n, 'user', 'test', '{}', 1, 'pending', now() + n * interval '1 microsecond'
   from generate_series(2, 100000) n`,
  `insert into events (user_id, seq, type, payload, at)
   select u.id, n / 1000 + 1, 'test', '{}', now() + n * interval '1 microsecond'
   from generate_series(0, ${million} - 1) n join seed_users u on u.number = n % 1000 + 1`,
  `insert into schedules (id, user_id, kind, type, trigger_at, timezone, created_at, updated_at)
   select gen_random_uuid(), u.id, 'reminder', 'one_time', now() + (n - 2000) * interval '1 second', 'UTC',
          now(), now()
   from generate_series(1, ${million}) n join seed_users u on u.number = n % 1000 + 1;
   insert into due select id, 1, trigger_at from schedules`,
];

beforeAll(async () => {
  await db.owner.query(`
    insert into users (id, name, event_seq) select gen_random_uuid(), 'user ' || n, 1000 from generate_series(1, 50000) n;
    create table seed_users as select id, row_number() over () as number from users`);
  // Indexes at once at the end, and neither triggers nor checks of foreign keys: they would take most of the time.
  await db.owner.query(`update pg_index set indisready = false where indrelid = any($1::regclass[])`, [hot]);
  await Promise.all(
    seeds.map(async (text) => {
      const client = await connect(db.connection, 'famulus test seed');
      await client.query(`set session_replication_role = replica; set synchronous_commit = off; ${text}`);
      await client.end();
    }),
  );
  await Promise.all(
    hot.map(async (table) => {
      const client = await connect(db.connection, 'famulus test seed');
      await client.query(`set maintenance_work_mem = '256MB'; set synchronous_commit = off`);
      await client.query(`reindex table ${table}`);
      await client.end();
    }),
  );
  await db.owner.query('drop table seed_users');
  await db.owner.query(`vacuum analyze ${hot.join(', ')}, users`);
  const { rows } = await db.owner.query<{ user_id: string }>(
    `select user_id from lanes where key = 'thread:25001'`,
  );
  user = rows[0]?.user_id ?? '';
  system = await explaining(db, 'system');
  app = await explaining(db, 'app');
}, 180_000);

afterAll(async () => {
  await system?.close();
  await app?.close();
});

/** What is small, or a view of memory. */
const small = new Set(['workers', 'app_clock', 'pg_database']);

/**
 * No statement may scan a table, filter out many rows, or look at more than so many pages. A call of a function counts
 * by its statements: what it costs besides is reading the catalogue, once a session.
 */
function expectFrugal(plans: RunPlan[], most: number): void {
  const counted = plans.filter(
    ({ statement }) =>
      !/\b(claim_lanes|commit_effects|request_cancel|release_dead_leases|set_due)\(/.test(statement),
  );
  expect(counted.length).toBeGreaterThan(0);
  for (const { statement, nodes, pages } of counted) {
    for (const node of nodes) {
      const scanned = node['Node Type'] === 'Seq Scan' && !small.has(node['Relation Name'] ?? '');
      expect(scanned, `a scan of ${node['Relation Name']} by ${statement}`).toBe(false);
      expect(node['Rows Removed by Filter'] ?? 0, statement).toBeLessThan(100);
    }
    expect(pages, statement).toBeLessThanOrEqual(most);
  }
}

function indexesOf(plans: RunPlan[]): string[] {
  return [...new Set(plans.flatMap(({ nodes }) => nodes.flatMap((node) => node['Index Name'] ?? [])))];
}

describe('lanes', () => {
  const claim = { scopes: ['chat', 'thread'], user_cap: 4, lease_ms: 60_000 };

  test.each([1, 10, 10, 10, 10, 10, 10])('claiming %d probes the index of ready lanes', async (count) => {
    // More than five times, since PostgreSQL then goes over to a plan that fits any parameters.
    const items = await claimLanes(system.db, {
      ...claim,
      worker: newId(),
      max_count: count,
      cursor_owner: newId(),
    });
    expect(items).toHaveLength(count);
    const plans = system.taken();
    expectFrugal(plans, 60);
    expect(indexesOf(plans)).toEqual(
      expect.arrayContaining(['lanes_ready', 'lanes_leased', 'lanes_pkey', 'lane_items_pkey']),
    );
  });

  test('claiming when nothing is ready in the scope costs next to nothing', async () => {
    const options = { ...claim, scopes: ['chat'], worker: newId(), max_count: 10, cursor_owner: newId() };
    expect(await claimLanes(system.db, options)).toEqual([]);
    expectFrugal(system.taken(), 30);
  });

  test('the sweep for dead leases reads leased lanes only', async () => {
    await releaseDeadLeases(system.db, leaser);
    const plans = system.taken();
    expectFrugal(plans, 1_500);
    expect(indexesOf(plans)).toContain('lanes_leased');
    await releaseAbandoned(
      system.db,
      leaser,
      ['thread'],
      Array.from({ length: 50 }, (_, n) => `thread:${25_001 + n}`),
    );
    expectFrugal(system.taken(), 400);
  });

  test('renewing leases looks each lane up by its key', async () => {
    const held = Array.from({ length: 50 }, (_, n) => ({ key: `thread:${25_001 + n}`, fence: 1 }));
    expect(await renewLeases(system.db, leaser, held, 3_600_000)).toHaveLength(50);
    expectFrugal(system.taken(), 2_500);
  });

  test.each([1, 2, 3, 4, 5, 6, 7])(
    'a commit with items, events and the end of an item, as the app role (%d)',
    async (time) => {
      const held = { key: `thread:25001`, worker: leaser, fence: 1, seq: time };
      const item = (key: string, dedupe_key?: string): NewLaneItem => ({
        key,
        user_id: user,
        type: 'user',
        kind: 'test',
        payload: {},
        ...(dedupe_key && { dedupe_key }),
      });
      await runTransaction({ db: app.db, userId: user, held, onHints: () => {} }, async (tx) => {
        tx.enqueue(item('thread:25001'), item('thread:25001', '25001'), item(`thread:new${time}`));
        tx.emit({ user_id: user, type: 'test', subject: null, payload: {} });
        tx.finish({ outcome: 'completed' });
        await Promise.resolve();
      });
      const plans = app.taken();
      // The first insert of a session reads from the catalogue what the table's six indexes are, 121 pages; from then on
      // it is a dozen, and no statement takes 25: whatever is looked up is looked up by its whole key.
      expectFrugal(plans, time === 1 ? 130 : 40);
      expect(indexesOf(plans)).toEqual(
        expect.arrayContaining(['lanes_pkey', 'lane_items_dedupe', 'lane_items_pkey', 'users_pkey']),
      );
      // The head of the long lane again, for the next time.
      const { rows } = await db.owner.query<{ head_seq: number }>(
        `update lanes set leased_by = $1, fence = 1, lease_until = now() + interval '1 hour'
       where key = 'thread:25001' returning head_seq`,
        [leaser],
      );
      expect(rows[0]?.head_seq).toBe(time + 1);
    },
  );

  test('asking for a cancel, as the app role', async () => {
    await runTransaction({ db: app.db, userId: user, onHints: () => {} }, async (tx) => {
      await sql`select request_cancel('thread:25001')`.execute(tx.db);
    });
    expectFrugal(app.taken(), 60);
  });

  test('pruning finds what is old by index', async () => {
    expect(await pruneLanes(system.db, new Date('2020-01-01'))).toBe(0);
    expectFrugal(system.taken(), 60);
  });
});

describe('due', () => {
  test('claiming a batch reads its rows from the index, and no more', async () => {
    for (let time = 0; time < 7; time++) {
      await runTransaction({ db: system.db, userId: undefined, onHints: () => {} }, async (tx) => {
        const { rows } = await claimDue(tx.db, { limit: 100 });
        expect(rows).toHaveLength(100);
        moveDue(
          tx,
          rows.map(({ schedule_id }, index) => ({
            schedule_id,
            fire_at: index % 2 ? null : new Date('2099-01-01'),
          })),
        );
      });
      const plans = system.taken();
      expectFrugal(plans, 3_000);
      expect(indexesOf(plans)).toEqual(expect.arrayContaining(['due_fire_at', 'schedules_pkey', 'due_pkey']));
    }
  });

  test('claiming what is due now looks at no backlog, and the backlog is read from its beginning', async () => {
    const claim = async (fresh_ms: number) => {
      await runTransaction({ db: system.db, userId: undefined, onHints: () => {} }, async (tx) => {
        const { rows } = await claimDue(tx.db, { limit: 50, fresh_ms });
        expect(rows.length).toBe(50);
      });
      const plans = system.taken();
      expectFrugal(plans, 1_500);
      expect(indexesOf(plans)).toEqual(expect.arrayContaining(['due_fire_at', 'schedules_pkey']));
    };
    for (let time = 0; time < 7; time++) {
      await claim(600_000);
      await claim(0);
    }
  });

  test('the next instant is read from the end of the index, with some set aside too', async () => {
    await untilNextDue(system.db);
    const { rows } = await db.owner.query<{ schedule_id: string }>(
      'select schedule_id from due order by fire_at limit 20',
    );
    const aside = rows.map(({ schedule_id }) => schedule_id);
    await untilNextDue(system.db, aside);
    const plans = system.taken();
    expectFrugal(plans, 900);
    expect(indexesOf(plans)).toEqual(['due_fire_at']);
    await runTransaction({ db: system.db, userId: undefined, onHints: () => {} }, async (tx) => {
      expect((await claimDue(tx.db, { limit: 10, except: aside })).rows).toHaveLength(10);
      expect((await claimDue(tx.db, { limit: 20, only: aside })).rows).toHaveLength(20);
    });
    expectFrugal(system.taken(), 900);
  });

  test('setting an instant, as the app role', async () => {
    const { rows } = await db.owner.query<{ id: string }>(
      'select id from schedules where user_id = $1 limit 1',
      [user],
    );
    await runTransaction({ db: app.db, userId: user, onHints: () => {} }, async (tx) => {
      await sql`select set_due(${rows[0]?.id}, 2, now())`.execute(tx.db);
      await sql`select fire_at from due where schedule_id = ${rows[0]?.id}`.execute(tx.db);
    });
    const plans = app.taken();
    expect(indexesOf(plans)).toEqual(expect.arrayContaining(['due_pkey']));
    expectFrugal(
      plans.filter(({ statement }) => !statement.includes('select fire_at')),
      60,
    );
  });
});

describe('events', () => {
  test('after a cursor, as the app role', async () => {
    await runTransaction({ db: app.db, userId: user, onHints: () => {} }, async (tx) => {
      expect(await eventsAfter(tx.db, user, 990, 500)).toHaveLength(17);
      expect(await eventRange(tx.db, user)).toEqual({ first: 1, last: 1007 });
    });
    const plans = app.taken();
    expectFrugal(plans, 60);
    expect(indexesOf(plans)).toEqual(['events_pkey']);
  });

  test('pruning finds what is old by index', async () => {
    await pruneEvents(system.db, new Date('2020-01-01'));
    const plans = system.taken();
    expectFrugal(plans, 30);
    expect(indexesOf(plans)).toContain('events_at');
  });
});
