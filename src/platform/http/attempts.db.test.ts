import { beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '#platform/db/index.ts';
import { testDatabase } from '#test/database.ts';
import { countAttempt, pruneAttempts, type Attempt } from './attempts.ts';
import { RetryLater } from './problem.ts';

const db = testDatabase();
const attempt: Attempt = { action: 'sign-in', address: '192.0.2.1', account: 'ann@example.test' };

beforeEach(async () => {
  await db.owner.query('truncate rate_limits');
  await db.moveClock(0);
});

/** How many of `times` attempts, one after the other, are let through. */
async function passing(times: number, attempts: (n: number) => Attempt): Promise<number> {
  let passed = 0;
  for (let n = 0; n < times; n++) {
    await countAttempt(db.database, attempts(n)).then(
      () => passed++,
      () => {},
    );
  }
  return passed;
}

describe('ten a minute', () => {
  test('for an address, whatever accounts it tries', async () => {
    expect(await passing(15, (n) => ({ ...attempt, account: `user-${n}@example.test` }))).toBe(10);
    expect(await passing(1, () => ({ ...attempt, address: '192.0.2.2', account: 'new@example.test' }))).toBe(
      1,
    );
  });

  test('for an account, from whatever address, in whatever case', async () => {
    const account = (n: number) => (n % 2 ? 'ann@example.test' : 'ANN@Example.test');
    expect(await passing(15, (n) => ({ ...attempt, address: `192.0.2.${n}`, account: account(n) }))).toBe(10);
    expect(
      await passing(1, () => ({ ...attempt, address: '198.51.100.1', account: 'bob@example.test' })),
    ).toBe(1);
  });

  test('for a /64 of IPv6, and for IPv4 however it is written', async () => {
    expect(await passing(15, (n) => ({ action: 'setup', address: `2001:db8:1:2::${n}` }))).toBe(10);
    expect(await passing(1, () => ({ action: 'setup', address: '2001:db8:1:3::1' }))).toBe(1);
    const v4 = (n: number) => (n % 2 ? '192.0.2.1' : '::ffff:192.0.2.1');
    expect(await passing(15, (n) => ({ action: 'setup', address: v4(n) }))).toBe(10);
  });

  test('of each action', async () => {
    expect(await passing(11, () => attempt)).toBe(10);
    expect(await passing(1, () => ({ ...attempt, action: 'setup' }))).toBe(1);
  });

  test('for those whose connection is gone together', async () => {
    expect(await passing(15, () => ({ action: 'setup', address: undefined }))).toBe(10);
  });
});

test('in any minute, wherever it begins, and the refusal says when to come back', async () => {
  expect(await passing(4, () => attempt)).toBe(4);
  await db.moveClock(50_000);
  expect(await passing(9, () => attempt)).toBe(6);
  const refused = await countAttempt(db.database, attempt).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(RetryLater);
  expect(refused).toMatchObject({ code: 'auth.too_many_attempts', kind: 'rate_limited' });
  const { retry_after_s } = refused as RetryLater;
  expect(retry_after_s).toBeGreaterThan(0);
  expect(retry_after_s).toBeLessThanOrEqual(10);
  await db.moveClock(50_000 + retry_after_s * 1_000);
  expect(await passing(9, () => attempt)).toBe(4);
  await db.moveClock(115_000);
  expect(await passing(12, () => attempt)).toBe(6);
});

test('an address that has had its ten locks no further account', async () => {
  expect(await passing(30, () => ({ ...attempt, account: 'first@example.test' }))).toBe(10);
  expect(await passing(30, () => attempt)).toBe(0);
  expect(await passing(10, () => ({ ...attempt, address: '198.51.100.1' }))).toBe(10);
});

test('many at once, from several processes, are ten', async () => {
  const other = openDatabase({ connection: db.connection, roles: db.roles, poolSize: 5 });
  const results = await Promise.allSettled(
    Array.from(
      { length: 60 },
      async (_, n) =>
        await countAttempt(n % 2 ? other : db.database, {
          ...attempt,
          address: n % 3 ? '192.0.2.1' : '192.0.2.2',
        }),
    ),
  );
  await other.close();
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  const refusals = results.filter((result) => result.status === 'rejected');
  expect(refusals.every(({ reason }) => reason instanceof RetryLater)).toBe(true);
});

test('counts though what follows is rolled back, and knows neither address nor account', async () => {
  await db.database
    .asSystem(async () => {
      await countAttempt(db.database, attempt);
      throw new Error('no');
    })
    .catch(() => {});
  const { rows } = await db.owner.query('select * from rate_limits');
  expect(rows).toHaveLength(2);
  expect(JSON.stringify(rows)).not.toMatch(/192\.0|ann/);
});

test('a clock that was set back refuses nobody for long', async () => {
  await db.moveClock(3_600_000);
  expect(await passing(12, () => attempt)).toBe(10);
  await db.moveClock(0);
  expect(await passing(12, () => attempt)).toBe(10);
});

test('what says nothing any more is pruned', async () => {
  await countAttempt(db.database, attempt);
  const count = async () => (await db.owner.query('select from rate_limits')).rowCount;
  await pruneAttempts(db.database.system);
  expect(await count()).toBe(2);
  await db.moveClock(61_000);
  await pruneAttempts(db.database.system);
  expect(await count()).toBe(0);
});
