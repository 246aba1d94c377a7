import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';

import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { until } from '#test/until.ts';
import type { Tx } from './index.ts';

/*
 * What one tenant leaves on a pooled connection the next one must not meet. A pool of one hands on the very same
 * connection; of two, they change hands out of turn.
 */
const cases = [1, 2].flatMap((poolSize) =>
  (['log_in', 'granted', 'owner'] as const).map((mode) => ({ poolSize, mode })),
);

describe.each(cases)('a pool of $poolSize, roles had by: $mode', ({ poolSize, mode }) => {
  const db = testDatabase({ poolSize, mode });

  let tenants: string[];

  beforeAll(async () => {
    tenants = [];
    for (let index = 0; index < 4; index++) tenants.push((await createUser(db.database.system)).id);
  });

  /** Whom this transaction sees. */
  async function seen(tx: Pick<Tx, 'db'>): Promise<string[]> {
    return (await tx.db.selectFrom('users').select('id').execute()).map(({ id }) => id);
  }

  const as = async <T>(user: string, work: (tx: Tx) => Promise<T>) => await db.database.asUser(user, work);

  const reads = async (user: string) => await seen({ db: db.database.readAs(user) });

  /** Every connection of both pools works for the right one, and on no behalf in between. */
  async function expectNothingLeft(): Promise<void> {
    const found = await Promise.all(
      tenants.flatMap((user) => [
        as(user, seen).then((users) => ({ user, users })),
        reads(user).then((users) => ({ user, users })),
      ]),
    );
    for (const { user, users } of found) expect(users).toEqual([user]);
    const nobody = await Promise.all(
      Array.from({ length: poolSize * 2 }, async () => [
        ...(await as(newId(), seen)),
        ...(await reads(newId())),
      ]),
    );
    expect(nobody.flat()).toEqual([]);
    // Between two transactions, which no code of ours has a way to: only so it shows what a connection keeps.
    const kept = await Promise.all(
      Array.from({ length: poolSize * 2 }, async () =>
        as(newId(), async (tx) => {
          await sql`rollback`.execute(tx.db);
          const { rows } = await sql<{ user: string | null }>`select app_user_id() as user`.execute(tx.db);
          return [rows[0]?.user, ...(await seen(tx))];
        }),
      ),
    );
    for (const one of kept) expect(one).toEqual([null]);
    const all = await Promise.all(
      Array.from({ length: poolSize * 2 }, async () => await db.database.asSystem(seen)),
    );
    for (const users of all) expect(users.toSorted()).toEqual(tenants.toSorted());
  }

  test('tenants that take turns see each their own', async () => {
    const turns = Array.from({ length: 200 }, (_, index) => tenants[(index * 7) % tenants.length]!);
    const found = await Promise.all(
      turns.map(async (user) =>
        as(user, async (tx) => {
          const first = await seen(tx);
          await sql`select pg_sleep(0.0005)`.execute(tx.db);
          return [user, ...first, ...(await seen(tx))];
        }),
      ),
    );
    for (const [user, ...users] of found) expect(users).toEqual([user, user]);
    const read = await Promise.all(turns.map(async (user) => [user, ...(await reads(user))]));
    for (const [user, ...users] of read) expect(users).toEqual([user]);
    await expectNothingLeft();
  });

  test('after an error of SQL, of ours, and a swallowed one', async () => {
    const [ann] = tenants as [string];
    await expect(as(ann, async ({ db: tx }) => await sql`select 1 / 0`.execute(tx))).rejects.toThrow(/zero/);
    await expectNothingLeft();
    await expect(sql`select 1 / 0`.execute(db.database.readAs(ann))).rejects.toThrow(/zero/);
    await expectNothingLeft();
    const failing = as(ann, async (tx) => {
      await seen(tx);
      throw new Error('of ours');
    });
    await expect(failing).rejects.toThrow('of ours');
    await expectNothingLeft();
    const swallowing = as(
      ann,
      async ({ db: tx }) => void (await sql`select 1 / 0`.execute(tx).catch(() => {})),
    );
    await expect(swallowing).rejects.toThrow(/aborted/);
    await expectNothingLeft();
  });

  test('after a query that was cancelled, and a connection that was killed', async () => {
    const [ann] = tenants as [string];
    for (const end of ['pg_cancel_backend', 'pg_terminate_backend']) {
      let ended = false;
      const hanging = as(ann, async ({ db: tx }) => await sql`select pg_sleep(60)`.execute(tx)).finally(
        () => (ended = true),
      );
      // Until it has ended: PostgreSQL forgets a wish to cancel that comes between two messages of a query.
      const ending = until('it has ended', async () => {
        await db.owner.query(
          `select ${end}(pid) from pg_stat_activity
           where datname = $1 and state = 'active' and query like '%; select pg_sleep(60)'`,
          [db.name],
        );
        return ended;
      });
      await Promise.all([ending, expect(hanging).rejects.toThrow(/cancel|terminat/i)]);
      await expectNothingLeft();
    }
  });

  test('after a transaction that has forgotten its tenant', async () => {
    await as(tenants[0]!, async (tx) => {
      await sql`set local app.user_id = ''`.execute(tx.db);
      expect(await seen(tx)).toEqual([]);
    });
    await expectNothingLeft();
  });

  test('a prepared statement answers each tenant anew', async () => {
    const name = `prepared_${mode}`;
    const [ann, bob] = tenants as [string, string];
    const prepared = async (user: string) =>
      await as(user, async (tx) => {
        const known = await sql`select from pg_prepared_statements where name = ${name}`.execute(tx.db);
        if (known.rows.length === 0)
          await sql`prepare ${sql.ref(name)} as select id from users`.execute(tx.db);
        return (await sql<{ id: string }>`execute ${sql.ref(name)}`.execute(tx.db)).rows.map(({ id }) => id);
      });
    // More often than it takes PostgreSQL to keep one plan for all.
    for (let index = 0; index < 20; index++) {
      for (const user of [ann, bob]) expect(await prepared(user)).toEqual([user]);
    }
    await expectNothingLeft();
  });

  test('privileged work of a tenant ends with it', async () => {
    const [ann] = tenants as [string];
    await as(ann, async (tx) => tx.emit({ user_id: ann, type: 'x', subject: null, payload: {} }));
    await expectNothingLeft();
    const refused = as(ann, async (tx) =>
      tx.emit({ user_id: newId(), type: 'x', subject: null, payload: {} }),
    );
    await expect(refused).rejects.toThrow(/another tenant/);
    await expectNothingLeft();
    const { rows } = await db.owner.query('select user_id, seq from events');
    expect(rows).toEqual([{ user_id: ann, seq: 1 }]);
  });
});
