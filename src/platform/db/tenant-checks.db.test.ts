import { sql } from 'kysely';
import pg from 'pg';
import { beforeEach, describe, expect, test } from 'vitest';

import { newId } from '#platform/ids/index.ts';
import { claimLanes } from '#platform/lanes/queries.ts';
import { testDatabase } from '#test/database.ts';
import { createDue, createUser } from '#test/factories.ts';
import { clientConfig } from './connection.ts';
import type { NewLaneItem } from './index.ts';

describe.each(['log_in', 'granted', 'owner'] as const)('roles had by: %s', (mode) => {
  const db = testDatabase({ mode });

  let alice: string;
  let bob: string;
  let key: string;

  beforeEach(async () => {
    alice = (await createUser(db.database.system)).id;
    bob = (await createUser(db.database.system)).id;
    key = `thread:${newId()}`;
  });

  function item(fields: Partial<NewLaneItem> = {}): NewLaneItem {
    return { key, user_id: alice, type: 'user', kind: 'test', payload: {}, ...fields };
  }

  async function itemsOf(
    lane: string,
  ): Promise<{ seq: number; payload: { n?: number }; dedupe_key: string | null }[]> {
    return (
      await db.owner.query<{ seq: number; payload: { n?: number }; dedupe_key: string | null }>(
        'select seq, payload, dedupe_key from lane_items where lane_key = $1 order by seq',
        [lane],
      )
    ).rows;
  }

  async function enqueue(...items: NewLaneItem[]): Promise<void> {
    await db.database.asUser(alice, async (tx) => tx.enqueue(...items));
  }

  test('whoever is deleted leaves no events and no occurrences behind, and others keep theirs', async () => {
    for (const user of [alice, bob]) {
      const { id } = await createDue(db.database.system, { user_id: user, fire_at: new Date('2099-01-01') });
      await db.database.asUser(user, async (tx) => {
        tx.emit({ user_id: user, type: 'test', subject: null, payload: {} });
        await sql`insert into occurrences (id, schedule_id, user_id, revision, due_at, fate)
          values (${newId()}, ${id}, ${user}, 1, app_now(), 'missed')`.execute(tx.db);
      });
    }
    await db.database.asSystem(
      async (tx) => await tx.db.deleteFrom('users').where('id', '=', alice).execute(),
    );
    for (const table of ['events', 'occurrences']) {
      const { rows } = await db.owner.query<{ user_id: string }>(
        `select user_id from ${table} where user_id = any($1::uuid[])`,
        [[alice, bob]],
      );
      expect(rows, table).toEqual([{ user_id: bob }]);
    }
  });

  describe('as the app role, in plain SQL', () => {
    async function asTenant(
      user: string | null,
      work: (client: pg.Client) => Promise<unknown>,
    ): Promise<unknown> {
      const client = new pg.Client(clientConfig(db.connectionAs('app'), 'famulus test tenant'));
      await client.connect();
      try {
        await client.query(`select set_config('app.user_id', $1, false)`, [user ?? '']);
        return await work(client);
      } finally {
        await client.end();
      }
    }
    const commit = (held: unknown, items: unknown[], events: unknown[]) => async (client: pg.Client) =>
      await client.query('select commit_effects($1, $2, $3)', [
        held && JSON.stringify(held),
        JSON.stringify(items),
        JSON.stringify(events),
      ]);
    const record = (fields: Partial<NewLaneItem>) => ({ ...item(fields), priority: 1 });

    test("another's item, the system's item and another's event are refused", async () => {
      await expect(asTenant(alice, commit(null, [record({ user_id: bob })], []))).rejects.toThrow(
        /another tenant/,
      );
      await expect(asTenant(alice, commit(null, [record({ user_id: null })], []))).rejects.toThrow(
        /another tenant/,
      );
      await expect(asTenant(null, commit(null, [record({ user_id: null })], []))).rejects.toThrow(
        /another tenant/,
      );
      const event = { user_id: bob, type: 'x', subject: null, payload: {} };
      await expect(asTenant(alice, commit(null, [], [event]))).rejects.toThrow(/another tenant/);
      await expect(asTenant(null, commit(null, [], [event]))).rejects.toThrow(/another tenant/);
    });

    test("one's own item can not be put into another's lane", async () => {
      await db.database.asUser(bob, async (tx) => tx.enqueue(item({ user_id: bob })));
      await expect(enqueue(item({ payload: { n: 2 } }))).rejects.toThrow(/another user/);
      await expect(db.database.asSystem(async (tx) => tx.enqueue(item()))).rejects.toThrow(/another user/);
      expect(await itemsOf(key)).toHaveLength(1);
    });

    test("another's lane can not be held, even with all its secrets", async () => {
      await db.database.asUser(bob, async (tx) => tx.enqueue(item({ user_id: bob })));
      const worker = newId();
      const [claimed] = await claimLanes(db.database.system, {
        worker,
        scopes: ['thread'],
        max_count: 1000,
        user_cap: 1000,
        lease_ms: 15_000,
        cursor_owner: newId(),
      }).then((items) => items.filter((one) => one.key === key));
      const held = { key, worker, fence: claimed?.fence, seq: claimed?.seq, outcome: 'completed' };
      await expect(asTenant(alice, commit(held, [], []))).rejects.toThrow(/lane_lost/);
      await asTenant(bob, commit(held, [], []));
      await expect(asTenant(bob, commit(held, [], []))).rejects.toThrow(/lane_lost/);
    });

    test("another's work can not be cancelled", async () => {
      await enqueue(item());
      const cancel = async (client: pg.Client) =>
        (await client.query<{ asked: boolean }>('select request_cancel($1) as asked', [key])).rows[0]?.asked;
      expect(await asTenant(bob, cancel)).toBe(false);
      expect(await asTenant(null, cancel)).toBe(false);
      const asked = 'select 1 from lane_items where lane_key = $1 and cancel_requested';
      expect((await db.owner.query(asked, [key])).rowCount).toBe(0);
      expect(await asTenant(alice, cancel)).toBe(true);
    });

    test("another's schedule can be neither set nor taken out of due", async () => {
      const schedule = await createDue(db.database.system, { user_id: bob, fire_at: new Date('2099-01-01') });
      for (const user of [alice, null]) {
        for (const at of [null, new Date()]) {
          const set = async (client: pg.Client) =>
            await client.query('select set_due($1, 1, $2)', [schedule.id, at]);
          await expect(asTenant(user, set)).rejects.toThrow(/another tenant/);
        }
      }
      await asTenant(bob, async (client) => await client.query('select set_due($1, 1, null)', [schedule.id]));
      expect((await db.owner.query('select 1 from due where schedule_id = $1', [schedule.id])).rowCount).toBe(
        0,
      );
    });
  });
});
