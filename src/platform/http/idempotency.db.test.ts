import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import { createLogger } from '#platform/log/index.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { createIdempotency } from './idempotency.ts';
import { pruneRequests } from './idempotency-store.ts';
import { RetryLater } from './problem.ts';
import { Answer, route } from './route.ts';
import { serve } from './test-server.ts';

const db = testDatabase({ poolSize: 8 });
const log = createLogger({ level: 'silent', pretty: false });
let user: string;
let other: string;
/** What the next call of the handler does, after it has remembered that it was called. */
let doing: (text: string) => Promise<unknown>;
let calls: number;
/** Who asks. */
let asking: string;

const about = { scope: 'all', summary: 'For a test.', tag: 'Tests' } as const;
const routes = [
  route(
    {
      ...about,
      method: 'post',
      path: '/api/things/{id}',
      params: z.strictObject({ id: z.string() }),
      body: z.strictObject({ text: z.string(), more: z.unknown().optional() }),
      responses: { 201: z.unknown() },
    },
    async ({ body, caller }) => {
      calls++;
      asking = caller.user_id;
      return await doing(body.text);
    },
  ),
];

beforeAll(async () => {
  user = (await createUser(db.database.system)).id;
  other = (await createUser(db.database.system)).id;
});

beforeEach(async () => {
  await db.moveClock(0);
  await db.owner.query('truncate idempotency_keys; truncate memories cascade');
  calls = 0;
  asking = user;
  doing = add;
});

async function add(text: string, at = 'asUser'): Promise<unknown> {
  const id = newId();
  const user_id = asking;
  const insert = async (tx: Parameters<Parameters<typeof db.database.asSystem>[0]>[0]) => {
    await tx.db
      .insertInto('memories')
      .values({ id, user_id, key: id, value: text, source: 'user' })
      .execute();
  };
  if (at === 'asUser') await db.database.asUser(user_id, insert);
  else await db.database.asSystem(insert);
  return new Answer(201, { id, text, token: 'fam_secret' }, { location: `/api/things/${id}` });
}

/** A process that serves the route. */
async function startProcess({ workerId = newId(), waitMs = 2_000 } = {}) {
  const { call } = await serve({
    routes,
    around: createIdempotency({ database: db.database, encryption: db.encryption, log, workerId, waitMs }),
    authenticate: async ({ headers }) => ({
      user_id: headers.get('authorization') === 'Bearer other' ? other : user,
      scopes: headers.get('authorization') === 'Bearer narrow' ? ['all'] : ['all', 'more'],
      token_id: null,
      session_id: null,
    }),
  });
  return async (key: string | undefined, body: unknown = { text: 'a' }, path = '/api/things/1', who = 'me') =>
    await call('POST', path, body, {
      authorization: `Bearer ${who}`,
      ...(key !== undefined && { 'idempotency-key': key }),
    });
}

async function effects(): Promise<number> {
  return (await db.owner.query('select from memories')).rowCount ?? 0;
}

async function keys(): Promise<{ status: number | null; answer: Buffer | null }[]> {
  return (
    await db.owner.query<{ status: number; answer: Buffer }>('select status, answer from idempotency_keys')
  ).rows;
}

/** A worker that lives as long as the test's session. */
async function liveWorker(): Promise<string> {
  const id = randomUUID();
  await db.owner.query(
    `with me as (insert into workers (id, name, services, host, pid) values ($1, 'test', '{}', 'test', 1)
       returning lock_id)
     select pg_advisory_lock_shared(worker_lock_class(), lock_id) from me`,
    [id],
  );
  return id;
}

describe('the same key', () => {
  test('and body is carried out once and answered as the first time', async () => {
    const post = await startProcess();
    const first = await post('k');
    const again = await post('k');
    expect(first.status).toBe(201);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(again).toMatchObject({ status: 201, text: first.text });
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(again.headers.get('content-type')).toBe('application/json');
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect([calls, await effects()]).toEqual([1, 1]);
  });

  test('in another process too, and after a restart', async () => {
    const first = await (await startProcess())('k');
    const again = await (await startProcess())('k');
    expect(again.text).toBe(first.text);
    expect(await effects()).toBe(1);
  });

  test('with the same JSON written differently is the same body', async () => {
    const post = await startProcess();
    const first = await post('k', '{"text":"a","more":{"x":1,"y":[1]}}');
    expect((await post('k', '{ "more": {"y":[1.0], "x":1}, "text":"\\u0061" }')).text).toBe(first.text);
  });

  test('and another body is 422 and does nothing', async () => {
    const post = await startProcess();
    await post('k');
    for (const body of [{ text: 'b' }, { text: 'a', more: null }]) {
      expect(await post('k', body)).toMatchObject({ status: 422, json: { code: 'idempotency.mismatch' } });
    }
    expect(await effects()).toBe(1);
  });

  test('with other scopes shows nothing', async () => {
    const post = await startProcess();
    await post('k');
    const narrow = await post('k', { text: 'a' }, '/api/things/1', 'narrow');
    expect(narrow).toMatchObject({ status: 422, json: { code: 'idempotency.mismatch' } });
    expect(await effects()).toBe(1);
  });

  test('of another user or on another path is another key, and no key is none', async () => {
    const post = await startProcess();
    await post('k');
    expect((await post('k', { text: 'b' }, '/api/things/1', 'other')).status).toBe(201);
    expect((await post('k', { text: 'b' }, '/api/things/2')).status).toBe(201);
    await post(undefined);
    await post(undefined);
    expect(calls).toBe(5);
  });

  test('is forgotten after a day', async () => {
    const post = await startProcess();
    await post('k');
    await db.moveClock(24 * 3_600_000 - 5_000);
    await post('k');
    expect(await effects()).toBe(1);
    await db.moveClock(24 * 3_600_000 + 5_000);
    expect((await post('k', { text: 'b' })).status).toBe(201);
    expect(await effects()).toBe(2);
    await db.moveClock(48 * 3_600_000 + 10_000);
    await pruneRequests(db.database.system);
    expect(await keys()).toEqual([]);
  });
});

test.each(['', 'x'.repeat(256), 'tab\there', 'caf\u00e9'])('the key "%s" is 422', async (key) => {
  const post = await startProcess();
  expect(await post(key)).toMatchObject({ status: 422, json: { code: 'idempotency.bad_key' } });
  expect(calls).toBe(0);
});

describe('many at once with one key', () => {
  test('wait for the first one', async () => {
    const post = await startProcess();
    const answers = await Promise.all(Array.from({ length: 20 }, async () => await post('k')));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect([calls, await effects()]).toEqual([1, 1]);
  });

  test('in several processes: one is committed, all hear its answer', async () => {
    const workers = await Promise.all([
      startProcess({ workerId: await liveWorker() }),
      startProcess({ workerId: await liveWorker() }),
    ]);
    for (const at of ['asUser', 'asSystem']) {
      await db.owner.query('truncate idempotency_keys; truncate memories cascade');
      doing = async (text) => await add(text, at);
      const answers = await Promise.all(workers.flatMap((post) => [post('k'), post('k'), post('k')]));
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(await effects()).toBe(1);
    }
  });

  test('do not wait for ever', async () => {
    const post = await startProcess({ waitMs: 50 });
    const { promise, resolve } = Promise.withResolvers<void>();
    doing = async (text) => {
      await promise;
      return await add(text);
    };
    const first = post('k');
    const refused = await post('k');
    expect(refused).toMatchObject({ status: 409, json: { code: 'idempotency.underway' } });
    expect(refused.headers.get('retry-after')).toBe('5');
    resolve();
    expect((await first).status).toBe(201);
    expect((await post('k')).text).toBe((await first).text);
  });
});

describe('a process that dies', () => {
  test('before its commit leaves nothing: the repeat is the first', async () => {
    doing = async () => {
      await db.database.asUser(user, async (tx) => {
        await tx.db
          .insertInto('memories')
          .values({ id: newId(), user_id: user, key: 'x', value: 'x', source: 'user' })
          .execute();
        throw new Error('killed');
      });
    };
    const first = await startProcess();
    expect((await first('k')).status).toBe(500);
    expect([await effects(), await keys()]).toEqual([0, []]);
    doing = add;
    expect((await (await startProcess())('k')).status).toBe(201);
  });

  test('after its commit leaves the key: the repeat hears that it was done, and does nothing', async () => {
    doing = async (text) => {
      await add(text);
      throw new Error('killed');
    };
    expect((await (await startProcess())('k')).status).toBe(500);
    expect(await keys()).toEqual([{ status: null, answer: null }]);
    doing = add;
    for (const post of [await startProcess(), await startProcess()]) {
      expect(await post('k')).toMatchObject({ status: 409, json: { code: 'idempotency.answer_lost' } });
      expect(await post('k', { text: 'b' })).toMatchObject({ status: 422 });
    }
    expect(await effects()).toBe(1);
  });

  test('is told from one that lives and has not answered yet', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    doing = async (text) => {
      const answer = await add(text);
      await promise;
      return answer;
    };
    const first = (await startProcess({ workerId: await liveWorker() }))('k');
    await expect.poll(effects).toBe(1);
    const impatient = await startProcess({ waitMs: 100 });
    expect(await impatient('k')).toMatchObject({ status: 409, json: { code: 'idempotency.underway' } });
    const patient = (await startProcess())('k');
    resolve();
    expect((await patient).text).toBe((await first).text);
    expect(await effects()).toBe(1);
  });
});

describe('the key is committed', () => {
  test('with the first transaction that writes, not with one that reads', async () => {
    const seen: number[] = [];
    doing = async (text) => {
      await db.database.asUser(user, async (tx) => await tx.db.selectFrom('memories').selectAll().execute());
      seen.push((await keys()).length);
      const answer = await add(text);
      seen.push((await keys()).length);
      await add(text);
      return answer;
    };
    expect((await (await startProcess())('k')).status).toBe(201);
    expect(seen).toEqual([0, 1]);
    expect(await keys()).toHaveLength(1);
  });

  test('with one that has nothing but an event', async () => {
    let seen = 0;
    doing = async () => {
      await db.database.asUser(user, async (tx) => {
        tx.emit({ user_id: user, type: 'test.happened', subject: null, payload: {} });
        await Promise.resolve();
      });
      seen = (await keys()).length;
      return {};
    };
    expect((await (await startProcess())('k')).status).toBe(201);
    expect(seen).toBe(1);
  });

  test('also where two run at the same time', async () => {
    doing = async (text) => {
      const [answer] = await Promise.all([add(text), add(text), add(text)]);
      return answer;
    };
    expect((await (await startProcess())('k')).status).toBe(201);
    expect([await effects(), (await keys()).length]).toEqual([3, 1]);
  });

  test('and not by what a request has only set going', async () => {
    let later: Promise<unknown> = Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    doing = async () => {
      later = promise.then(async () => await add('later'));
      return await Promise.resolve({});
    };
    expect((await (await startProcess())('k')).status).toBe(201);
    await db.owner.query('truncate idempotency_keys');
    resolve();
    await later;
    expect(await keys()).toEqual([]);
  });
});

describe('a refusal', () => {
  test('of the handler is kept', async () => {
    doing = async () => {
      await Promise.resolve();
      throw new AppError({ code: 'things.no', kind: 'conflict', message: 'no' });
    };
    const post = await startProcess();
    const first = await post('k');
    doing = add;
    const again = await post('k');
    expect(again).toMatchObject({ status: 409, json: { code: 'things.no', detail: 'no' } });
    expect(again.headers.get('content-type')).toBe('application/problem+json');
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.json.request_id).toBe(again.headers.get('x-request-id'));
    expect(again.json).toEqual({ ...first.json, request_id: again.json.request_id });
  });

  test('that is against the contract, passes or is our own fault is not kept', async () => {
    const post = await startProcess();
    expect((await post('k', { text: 7 })).status).toBe(422);
    for (const error of [
      new RetryLater({ code: 'slow', kind: 'rate_limited', message: 'slow', retry_after_s: 1 }),
      new AppError({ code: 'away', kind: 'unavailable', message: 'away' }),
      new Error('oops'),
    ]) {
      doing = async () => await Promise.reject(error);
      expect((await post('k')).status).toBeGreaterThanOrEqual(429);
    }
    doing = add;
    expect((await post('k')).status).toBe(201);
  });
});

test('what is kept cannot be read in the database', async () => {
  const post = await startProcess();
  await post('k');
  const { rows } = await db.owner.query<{ row: string }>(
    'select row_to_json(k)::text as row from idempotency_keys k',
  );
  const [{ row } = { row: '' }] = rows;
  expect(Buffer.from(row).includes('fam_secret')).toBe(false);
  const [kept] = await keys();
  expect(kept!.answer!.includes('fam_secret')).toBe(false);
  await db.owner.query(`update idempotency_keys set answer = set_byte(answer, 40, get_byte(answer, 40) # 1)`);
  expect(await post('k')).toMatchObject({ status: 409, json: { code: 'idempotency.answer_lost' } });
});
