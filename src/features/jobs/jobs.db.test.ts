// long: what each action does in each state, and the races with workers
import { beforeEach, describe, expect, test } from 'vitest';

import type { LaneHandler } from '#platform/lanes/index.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { gate, laneRig, nameOf } from '#test/lane-rig.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';
import { until } from '#test/until.ts';
import type { Job } from './contract.ts';
import { jobsFeature } from './feature.ts';

const db = testDatabase({ poolSize: 10 });
const rig = laneRig(db);

let as: Awaited<ReturnType<typeof serveAs>>;
let admin: string;
let handler: LaneHandler | undefined;

beforeEach(async () => {
  handler = { kind: 'test', work: async () => {} };
  as = await serveAs(
    jobsFeature(featureContext(db), { handlerOf: (kind) => (kind === 'test' ? handler : undefined) }),
  );
  admin = (await createUser(db.database.system)).id;
});

async function ask(method: string, path: string, is?: { user: string }) {
  const { user = admin } = is ?? {};
  const scopes = is ? ['settings:read'] : ['settings:read', 'system:admin'];
  const answer = await as(user, { scopes })(method, path);
  return {
    status: answer.status,
    json: answer.json as unknown as Job & { code: string; items: Job[]; next_cursor: string | null },
  };
}

const id = (seq: number, lane = 'one') => `${rig.scope}:${lane}:${seq}`;
const act = async (what: 'retry' | 'cancel' | 'park', seq: number, lane?: string) =>
  await ask('POST', `/api/jobs/${encodeURIComponent(id(seq, lane))}/${what}`);

/** This test's jobs. */
async function listed(query = ''): Promise<Job[]> {
  const { json } = await ask('GET', `/api/jobs?limit=200${query}`);
  return json.items.filter(({ lane }) => lane.startsWith(`${rig.scope}:`));
}

async function logOf(user: string): Promise<string[]> {
  const { rows } = await db.owner.query<{ line: string }>(
    `select actor || ' ' || type || ' ' || subject as line from activity where user_id = $1 order by id`,
    [user],
  );
  return rows.map(({ line }) => line);
}

const items = (...names: string[]) => names.map((name) => rig.item({ name }));

describe('the list', () => {
  test('shows the state of jobs, newest first, and nothing of what is in them', async () => {
    await rig.enqueue(...items('first', 'second-secret'));
    const jobs = await listed();
    expect(jobs.map((job) => job.id)).toEqual([id(2), id(1)]);
    expect(jobs[0]).toEqual({
      id: id(2),
      lane: `${rig.scope}:one`,
      seq: 2,
      user_id: rig.user,
      status: 'pending',
      priority: 'normal',
      type: 'user',
      kind: 'test',
      attempts: 0,
      error: null,
      age_ms: expect.any(Number),
      enqueued_at: expect.any(String),
      started_at: null,
      finished_at: null,
    });
    expect(JSON.stringify(jobs)).not.toContain('secret');
  });

  test('has a user’s own for the user, everyone’s for an admin', async () => {
    const other = (await createUser(db.database.system)).id;
    await rig.enqueue(rig.item(), rig.item({ key: `${rig.scope}:two`, user_id: other }));
    const own = await ask('GET', '/api/jobs', { user: other });
    expect(own.json.items.map((job) => job.id)).toEqual([id(1, 'two')]);
    expect(await listed()).toHaveLength(2);
  });

  test('goes on from page to page, also within one instant', async () => {
    await rig.enqueue(...items('1', '2', '3', '4', '5'));
    const ids: string[] = [];
    for (let cursor = ''; ;) {
      const { json } = await ask('GET', `/api/jobs?limit=2${cursor}`, { user: rig.user });
      ids.push(...json.items.map((job) => job.id));
      if (json.next_cursor === null) break;
      cursor = `&cursor=${json.next_cursor}`;
    }
    expect(ids).toEqual([5, 4, 3, 2, 1].map((seq) => id(seq)));
  });

  test('is narrowed by status and type', async () => {
    await rig.enqueue(...items('1', '2'), rig.item({ type: 'system' }));
    await act('park', 2);
    await act('cancel', 1);
    expect((await listed('&status=parked')).map(({ seq }) => seq)).toEqual([2]);
    expect((await listed('&status=parked,cancelled')).map(({ seq }) => seq)).toEqual([2, 1]);
    expect((await listed('&status=pending')).map(({ seq }) => seq)).toEqual([3]);
    expect((await listed('&type=system')).map(({ seq }) => seq)).toEqual([3]);
    expect((await ask('GET', '/api/jobs?status=lost')).status).toBe(422);
  });
});

describe('by hand', () => {
  test.each(['cancel', 'park'] as const)('%s ends what waits, and the lane steps over it', async (what) => {
    const began = gate();
    const order: string[] = [];
    rig.start(async ({ payload }) => {
      order.push(nameOf(payload));
      if (payload.name === '1') await began.opened;
    });
    await rig.enqueue(...items('1', '2', '3', '4', '5'));
    await until('the first is worked', () => order.length === 1);
    for (const seq of [2, 3, 5]) {
      expect(await act(what, seq)).toMatchObject({
        status: 200,
        json: {
          status: what === 'park' ? 'parked' : 'cancelled',
          error: expect.stringMatching(/by an admin/),
        },
      });
    }
    began.open();
    await rig.allEnded();
    expect(order).toEqual(['1', '4']);
    await rig.enqueue(rig.item({ name: '6' }));
    await rig.allEnded();
    expect(order).toEqual(['1', '4', '6']);
  });

  test('the last that waits leaves an idle lane, and the next one is worked', async () => {
    await rig.enqueue(rig.item());
    await act('cancel', 1);
    const { rows } = await db.owner.query(
      'select head_seq, idle_since is null as idle from lanes where key = $1',
      [`${rig.scope}:one`],
    );
    expect(rows).toEqual([{ head_seq: null, idle: false }]);
    rig.start(async () => {});
    await rig.enqueue(rig.item({ name: 'next' }));
    await rig.allEnded();
    expect(await rig.statuses()).toEqual([
      ['item', 'cancelled', 0],
      ['next', 'completed', 1],
    ]);
  });

  test('one that failed and waits to be tried again is no hindrance once cancelled', async () => {
    rig.start(async ({ payload }) => {
      if (payload.name === 'bad') throw new Error('no');
    });
    await rig.enqueue(...items('bad', 'good'));
    // Tries begin again and again: between two of them it waits.
    await until('it is cancelled', async () => (await act('cancel', 1)).status === 200);
    await rig.allEnded();
    expect((await rig.statuses()).map(([name, status]) => [name, status])).toEqual([
      ['bad', 'cancelled'],
      ['good', 'completed'],
    ]);
  });

  test('a lane falls back to the priority of what is left in it', async () => {
    await rig.enqueue(rig.item(), rig.item({ priority: 'high' }));
    await act('cancel', 2);
    const { rows } = await db.owner.query('select priority from lanes where key = $1', [`${rig.scope}:one`]);
    expect(rows).toEqual([{ priority: 1 }]);
  });

  test('what a worker holds is left alone: 409', async () => {
    const began = gate();
    let isWorked = false;
    rig.start(async () => {
      isWorked = true;
      await began.opened;
    });
    await rig.enqueue(rig.item());
    await until('it is worked', () => isWorked);
    for (const what of ['cancel', 'park'] as const) {
      expect(await act(what, 1)).toMatchObject({ status: 409, json: { code: 'jobs.held' } });
    }
    expect(await act('retry', 1)).toMatchObject({ status: 409, json: { code: 'jobs.not_parked' } });
    began.open();
    await rig.allEnded();
    expect(await rig.statuses()).toEqual([['item', 'completed', 1]]);
    for (const what of ['cancel', 'park'] as const) {
      expect(await act(what, 1)).toMatchObject({ status: 409, json: { code: 'jobs.not_pending' } });
    }
    expect(await act('retry', 1)).toMatchObject({ status: 409, json: { code: 'jobs.not_parked' } });
  });

  test('what was given up is tried again behind what waits, as new, once', async () => {
    const order: string[] = [];
    let isBroken = true;
    rig.start(
      async ({ payload, attempt }) => {
        order.push(`${nameOf(payload)}/${attempt}`);
        if (payload.name === 'bad' && isBroken) throw new Error('no');
      },
      { maxAttempts: 1 },
    );
    await rig.enqueue(
      rig.item({ name: 'bad', dedupe_key: 'd', priority: 'low' }),
      rig.item({ name: 'good' }),
    );
    await rig.allEnded();
    isBroken = false;
    const again = await act('retry', 1);
    expect(again).toMatchObject({
      status: 200,
      json: { id: id(3), attempts: expect.any(Number), priority: 'low' },
    });
    await rig.allEnded();
    expect(order).toEqual(['bad/1', 'good/1', 'bad/1']);
    expect(await act('retry', 1)).toMatchObject({ status: 404 });
    // What is doubled is still recognised.
    await rig.enqueue(rig.item({ name: 'bad', dedupe_key: 'd' }));
    expect(await rig.statuses()).toEqual([
      ['good', 'completed', 1],
      ['bad', 'completed', 1],
    ]);
  });

  test('two who retry at once have it done once', async () => {
    await rig.enqueue(rig.item());
    await act('park', 1);
    const answers = await Promise.all([act('retry', 1), act('retry', 1), act('retry', 1)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404, 404]);
    expect(await rig.statuses()).toEqual([['item', 'pending', 0]]);
  });

  test('its user is told by its handler, and it is put back only where that can be undone', async () => {
    const told: string[] = [];
    const parts = {
      onParked: async (_tx: unknown, { seq }: { seq: number }, error: string) =>
        void told.push(`${seq} ${error}`),
    };
    handler = { ...handler!, ...parts };
    await rig.enqueue(...items('1', '2'));
    await act('cancel', 2);
    await act('park', 1);
    expect(told).toEqual(['2 cancelled by an admin', '1 parked by an admin']);
    expect(await act('retry', 1)).toMatchObject({ status: 409, json: { code: 'jobs.not_repeatable' } });
    handler = { ...handler, onRetried: async (_tx, { seq }) => void told.push(`${seq} again`) };
    expect(await act('retry', 1)).toMatchObject({ status: 200 });
    expect(told.at(-1)).toBe('1 again');
  });

  test('is in the log of the admin and of the user', async () => {
    await rig.enqueue(rig.item());
    await act('park', 1);
    await act('retry', 1);
    await act('cancel', 2);
    const lines = [`job.parked job:${id(1)}`, `job.retried job:${id(2)}`, `job.cancelled job:${id(2)}`];
    expect(await logOf(admin)).toEqual(lines.map((line) => `user ${line}`));
    expect(await logOf(rig.user)).toEqual(lines.map((line) => `system ${line}`));
  });

  test('is for admins, and for jobs there are', async () => {
    await rig.enqueue(rig.item());
    const path = `/api/jobs/${encodeURIComponent(id(1))}/cancel`;
    expect((await ask('POST', path, { user: rig.user })).status).toBe(403);
    for (const wrong of [
      id(7),
      'nonsense',
      `${rig.scope}:one:`,
      `${rig.scope}:one:1e3`,
      'a:b:999999999999999',
    ]) {
      const answer = await ask('POST', `/api/jobs/${encodeURIComponent(wrong)}/cancel`);
      expect(answer.status, wrong).toBe(404);
    }
  });
});

test('crossing with workers, each item is either worked once or ended by hand, and in order', async () => {
  const worked: { key: string; name: number }[] = [];
  const busy = new Set<string>();
  let overlapping = 0;
  const work: LaneHandler['work'] = async ({ key, payload }, lease) => {
    if (busy.has(key)) overlapping++;
    busy.add(key);
    await lease.finish(async (tx) => {
      await tx.db.selectFrom('users').select('id').limit(1).execute();
    });
    worked.push({ key, name: Number(payload.name) });
    busy.delete(key);
  };
  const lanes = ['a', 'b', 'c'];
  const count = 40;
  rig.start(work);
  await Promise.all([
    ...lanes.map(async (lane) => {
      for (let n = 1; n <= count; n++) {
        await rig.enqueue(rig.item({ key: `${rig.scope}:${lane}`, name: `${n}` }));
      }
    }),
    ...lanes.map(async (lane) => {
      for (let n = 2; n <= count; n += 2) {
        const { status } = await act(n % 4 ? 'cancel' : 'park', n, lane);
        expect([200, 404, 409]).toContain(status);
      }
    }),
  ]);
  await rig.allEnded();
  expect(rig.errors).toEqual([]);
  expect(overlapping).toBe(0);
  const jobs = await listed();
  expect(jobs).toHaveLength(lanes.length * count);
  for (const lane of lanes) {
    const order = worked.filter(({ key }) => key.endsWith(`:${lane}`)).map(({ name }) => name);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    const completed = jobs.filter((job) => job.lane.endsWith(`:${lane}`) && job.status === 'completed');
    expect(order).toEqual(completed.map(({ seq }) => seq).toSorted((a, b) => a - b));
  }
  // Some of each, or nothing crossed.
  expect(new Set(jobs.map(({ status }) => status)).size).toBeGreaterThan(1);
  const parked = jobs.filter(({ status }) => status === 'parked');
  const before = worked.length;
  await Promise.all(
    parked.map(async ({ seq, lane }) => await act('retry', seq, lane.slice(rig.scope.length + 1))),
  );
  await rig.allEnded();
  expect(overlapping).toBe(0);
  expect(worked.length).toBe(before + parked.length);
});
