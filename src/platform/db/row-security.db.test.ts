import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { fillTables, tablesOf, type Table } from '#test/fill-tables.ts';
import { clientConfig } from './connection.ts';

/** Anybody may know which migrations there are; nobody but the owner may read it. */
const withoutContent = new Set(['migrations', 'app_clock', 'file_space']);

describe.each(['log_in', 'granted', 'owner'] as const)('roles had by: %s', (mode) => {
  const db = testDatabase({ mode });

  /** What comes of a statement that the tenant has no right to: the owner has every right, but meets no row. */
  const refused = mode === 'owner' ? 0 : 'denied';

  let app: pg.Client;
  let tables: Table[];
  let alice: string;
  let bob: string;

  /** A statement's row count as the app role; `denied` when it has no right at all. */
  async function asTenant(
    user: string | null,
    text: string,
    values: unknown[] = [],
  ): Promise<number | 'denied'> {
    await app.query('begin');
    try {
      await app.query(`select set_config('app.user_id', $1, true)`, [user ?? '']);
      return (await app.query(text, values)).rowCount ?? 0;
    } catch (error) {
      // 42501 insufficient_privilege: no right on the table or column, or against the row policy's check.
      if ((error as { code?: string }).code === '42501') return 'denied';
      throw error;
    } finally {
      await app.query('rollback');
    }
  }

  beforeAll(async () => {
    tables = (await tablesOf(db.owner)).filter(({ name }) => !withoutContent.has(name));
    alice = (await createUser(db.database.system)).id;
    bob = (await createUser(db.database.system)).id;
    // Every table gets a row of each, found from the catalogue, so that a new table is covered from its first day.
    await fillTables(db.owner, tables, alice);
    await fillTables(db.owner, tables, bob);
    app = new pg.Client(clientConfig(db.connectionAs('app'), 'famulus test'));
    await app.connect();
  });

  afterAll(async () => {
    await app?.end();
  });

  test('every table holds rows of both users, so that the tests below can fail', async () => {
    for (const { name } of tables) {
      const { rows } = await db.owner.query<{ n: number }>(`select count(*)::int as n from ${name}`);
      expect(rows[0]?.n, name).toBeGreaterThanOrEqual(name === 'workers' ? 1 : 2);
    }
  });

  test('every table is under row security, and no policy of the app role ignores the tenant', async () => {
    const { rows } = await db.owner.query<{ relname: string }>(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and not relrowsecurity`,
    );
    expect(rows.map(({ relname }) => relname).filter((name) => !withoutContent.has(name))).toEqual([]);
    const policies = await db.owner.query<{ tablename: string }>(
      `select tablename from pg_policies where $1 = any(roles) and coalesce(qual, with_check) not like '%app_user_id%'
         and not ($2 and policyname = 'system_all' and qual like '%app.system%' and with_check = qual)`,
      [db.roles.app.name, mode === 'owner'],
    );
    expect(policies.rows).toEqual([]);
    const forced = await db.owner.query(
      `select from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relrowsecurity
         and relforcerowsecurity`,
    );
    expect(forced.rowCount).toBe(mode === 'owner' ? tables.length : 0);
  });

  describe('as the app role', () => {
    test('without a tenant no table shows a row', async () => {
      for (const { name } of tables) {
        expect([0, 'denied'], name).toContain(await asTenant(null, `select 1 from ${name}`));
      }
    });

    test("no table shows another tenant's row", async () => {
      let seen = 0;
      for (const { name, userColumn } of tables) {
        if (!userColumn) continue;
        expect([0, 'denied'], name).toContain(
          await asTenant(alice, `select 1 from ${name} where ${userColumn} = $1`, [bob]),
        );
        const own = await asTenant(alice, `select 1 from ${name} where ${userColumn} = $1`, [alice]);
        if (own !== 'denied') seen += Number(own > 0);
      }
      expect(seen).toBeGreaterThan(10);
    });

    test("another tenant's due rows are invisible, one's own are not", async () => {
      expect(await asTenant(alice, 'select 1 from due')).toBe(1);
    });

    test("another tenant's and shared rows can be neither changed, deleted nor claimed", async () => {
      for (const { name, userColumn } of tables) {
        if (!userColumn) continue;
        const others = `where ${userColumn} is distinct from $1`;
        expect([0, 'denied'], name).toContain(
          await asTenant(alice, `delete from ${name} ${others}`, [alice]),
        );
        expect([0, 'denied'], name).toContain(
          await asTenant(alice, `update ${name} set ${userColumn} = $1 ${others}`, [alice]),
        );
        expect(['denied', 0], name).toContain(
          await asTenant(alice, `update ${name} set ${userColumn} = $2 where ${userColumn} = $1`, [
            alice,
            bob,
          ]),
        );
      }
    });

    test('no row can be added in the name of another tenant or of the system', async () => {
      for (const table of tables) {
        if (!table.userColumn || table.name === 'users') continue;
        for (const user of [bob, null]) {
          const { text, values } = await copyOf(table, user);
          expect(await asTenant(alice, text, values), table.name).toBe('denied');
        }
      }
    });

    test('the hash of the password, the event counter and the role can not be reached', async () => {
      expect(await asTenant(alice, 'select password from accounts')).toBe(refused);
      // The owner has a right to every column.
      expect(await asTenant(alice, 'update users set event_seq = 0')).toBe(mode === 'owner' ? 1 : 'denied');
      expect(await asTenant(alice, `update users set role = 'admin'`)).toBe('denied');
    });

    test('nothing of the log can be changed or removed', async () => {
      expect(await asTenant(alice, `update activity set message = 'x'`)).toBe(refused);
      expect(await asTenant(alice, 'delete from activity')).toBe(refused);
    });

    test("not even one's own work and times are written but through the functions for it", async () => {
      for (const name of ['due', 'lanes', 'lane_items', 'events']) {
        expect(await asTenant(alice, `delete from ${name}`), name).toBe(refused);
      }
      expect(await asTenant(alice, 'update due set fire_at = now()')).toBe(refused);
      expect(await asTenant(alice, 'update lanes set priority = 0')).toBe(refused);
      expect(await asTenant(alice, `update lane_items set status = 'cancelled'`)).toBe(refused);
    });

    test('a privileged function leaves no rights behind', async () => {
      const { rows } = await db.owner.query<{ id: string }>(`select id from schedules where user_id = $1`, [
        alice,
      ]);
      const key = `thread:${alice}`;
      for (const call of [
        `set_due('${rows[0]?.id}', 1, now())`,
        `request_cancel('${key}')`,
        `request_cancel('none')`,
        `commit_effects(null, '[]', '[]')`,
      ]) {
        await app.query('begin');
        await app.query(`select set_config('app.user_id', $1, true)`, [alice]);
        await app.query(`select ${call}`);
        expect((await app.query('select from users')).rowCount, call).toBe(1);
        await app.query('savepoint failed');
        await expect(app.query(`select set_due('${newId()}', 1, null)`)).rejects.toThrow(/another tenant/);
        await app.query('rollback to failed');
        expect((await app.query('select from users')).rowCount, call).toBe(1);
        await app.query('rollback');
      }
    });

    test('a temporary table does not stand in for one that a privileged function reads', async () => {
      const { rows } = await db.owner.query<{ id: string }>('select id from schedules where user_id = $1', [
        bob,
      ]);
      await app.query('begin');
      await app.query(`create temporary table schedules as select $1::uuid as id, $2::uuid as user_id`, [
        rows[0]?.id,
        alice,
      ]);
      await app.query(`select set_config('app.user_id', $1, true)`, [alice]);
      await expect(app.query('select set_due($1, 1, null)', [rows[0]?.id])).rejects.toThrow(/another tenant/);
      await app.query('rollback');
    });
  });

  /** An insert of a row like one of bob's, with a new id, in the name of `user`. */
  async function copyOf(table: Table, user: string | null): Promise<{ text: string; values: unknown[] }> {
    const { rows } = await db.owner.query<Record<string, unknown>>(
      `select ${table.columns.join(', ')} from ${table.name} where ${table.userColumn} = $1 limit 1`,
      [bob],
    );
    const row = {
      ...rows[0],
      ...(table.columns.includes('id') && { id: newId() }),
      [table.userColumn ?? '']: user,
    };
    const values = Object.values(row).map((value) =>
      value?.constructor === Object ? JSON.stringify(value) : value,
    );
    const places = values.map((_, index) => `$${index + 1}`).join(', ');
    return { text: `insert into ${table.name} (${Object.keys(row).join(', ')}) values (${places})`, values };
  }

  test('a pooled connection carries no tenant into the next transaction', async () => {
    await db.database.asUser(alice, async (tx) => {
      const { rows } = await sql<{ user: string }>`select app_user_id() as user`.execute(tx.db);
      expect(rows[0]?.user).toBe(alice);
    });
    await expect(
      db.database.asUser(bob, async (tx) => {
        await sql`select 1 / 0`.execute(tx.db);
      }),
    ).rejects.toThrow(/division by zero/);
    // More than the pool has, so that each of its connections has its turn.
    const settings = await Promise.all(
      Array.from({ length: 20 }, async () =>
        db.database.asUser(newId(), async (tx) => {
          const { rows } = await sql<{ n: number }>`select count(*)::int as n from users`.execute(tx.db);
          return rows[0]?.n;
        }),
      ),
    );
    expect(new Set(settings)).toEqual(new Set([0]));
  });

  test('deleting a user removes every row of theirs, in every table, and no other', async () => {
    const owned = tables.filter(({ userColumn }) => userColumn);
    const counts = async (user: string) => {
      const found: Record<string, number | null> = {};
      for (const { name, userColumn } of owned) {
        found[name] = (
          await db.owner.query(`select 1 from ${name} where ${userColumn} = $1`, [user])
        ).rowCount;
      }
      return found;
    };
    const before = await counts(bob);
    const due = await db.owner.query('select 1 from due');
    const items = await db.owner.query('select 1 from lane_items');
    await db.database.asSystem(async (tx) => {
      await tx.db.deleteFrom('users').where('id', '=', alice).execute();
    });
    expect(new Set(Object.values(await counts(alice)))).toEqual(new Set([0]));
    expect(await counts(bob)).toEqual(before);
    expect((await db.owner.query('select 1 from due')).rowCount).toBe((due.rowCount ?? 0) - 1);
    expect((await db.owner.query('select 1 from lane_items')).rowCount).toBe((items.rowCount ?? 0) - 1);
  });
});
