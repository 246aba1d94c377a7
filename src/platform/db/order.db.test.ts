import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';

import { newId } from '#platform/ids/index.ts';
import { requestCancel } from '#platform/lanes/queries.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import type { NewLaneItem } from './index.ts';

const db = testDatabase({ poolSize: 10 });

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

describe('order', () => {
  test('a reader with a cursor never skips an item of a lane while eight writers commit', async () => {
    let writing = true;
    let cursor = 0;
    const read = async () => {
      for (const { seq } of (await itemsOf(key)).filter((one) => one.seq > cursor)) {
        expect(seq).toBe(cursor + 1);
        cursor++;
      }
    };
    const reading = (async () => {
      while (writing) await read();
      await read();
    })();
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let n = 0; n < 25; n++) {
          await db.database.asUser(alice, async (tx) => {
            await sql`select pg_sleep(random() * 0.003)`.execute(tx.db);
            tx.enqueue(item(), item());
          });
        }
      }),
    );
    writing = false;
    await reading;
    expect(cursor).toBe(400);
  });

  test('a reader with a cursor meets every event once and in order while eight writers commit', async () => {
    const writers = 8;
    const each = 60;
    let writing = true;
    const seen: string[] = [];
    let cursor = 0;
    const read = async () => {
      const rows = await db.database.asUser(alice, async (tx) =>
        tx.db
          .selectFrom('events')
          .selectAll()
          .where('user_id', '=', alice)
          .where('seq', '>', cursor)
          .orderBy('seq')
          .execute(),
      );
      for (const row of rows) seen.push(row.subject ?? '');
      cursor = rows.at(-1)?.seq ?? cursor;
      return rows.length;
    };
    const reading = (async () => {
      while (writing) await read();
      while ((await read()) > 0);
    })();
    const written = await Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        const subjects: string[] = [];
        for (let n = 0; n < each; n++) {
          const mine = [`${writer}:${n}`, ...(n % 3 === 0 ? [`${writer}:${n}b`] : [])];
          await db.database.asSystem(async (tx) => {
            // Another user's events in the same commit, so that two counters are locked.
            tx.emit({ user_id: bob, type: 'x', subject: null, payload: {} });
            for (const subject of mine) tx.emit({ user_id: alice, type: 'x', subject, payload: {} });
            await sql`select pg_sleep(random() * 0.002)`.execute(tx.db);
          });
          subjects.push(...mine);
        }
        return subjects;
      }),
    );
    writing = false;
    await reading;
    expect(seen).toHaveLength(written.flat().length);
    expect(new Set(seen).size).toBe(seen.length);
    for (const subjects of written)
      expect(seen.filter((subject) => subjects.includes(subject))).toEqual(subjects);
    expect(cursor).toBe(seen.length);
  });

  test('transactions over many lanes and users at random all commit, without one deadlock', async () => {
    const users = [
      alice,
      bob,
      ...(await Promise.all(
        Array.from({ length: 4 }, async () => (await createUser(db.database.system)).id),
      )),
    ];
    const lanes = users.flatMap((user) =>
      Array.from({ length: 4 }, () => ({ key: `thread:${newId()}`, user_id: user })),
    );
    const before = await deadlocks();
    const pick = <T>(from: T[]) => from[Math.floor(Math.random() * from.length)] as T;
    let expected = 0;
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let n = 0; n < 25; n++) {
          await db.database.asSystem(async (tx) => {
            for (let i = 0; i < 5; i++) tx.enqueue(item(pick(lanes)));
            for (let i = 0; i < 3; i++)
              tx.emit({ user_id: pick(users), type: 'x', subject: null, payload: {} });
            await Promise.resolve();
          });
          expected += 5;
          if (n % 5 === 0) await requestCancel(db.database.system, pick(lanes).key);
        }
      }),
    );
    const { rows } = await db.owner.query<{ n: number }>(
      'select count(*)::int as n from lane_items where lane_key = any($1)',
      [lanes.map((lane) => lane.key)],
    );
    expect(rows[0]?.n).toBe(expected);
    expect(await deadlocks()).toBe(before);
  });
});

async function deadlocks(): Promise<number> {
  // The counters are flushed when a transaction ends and may lag by a second; a deadlock itself takes one to be found.
  await db.owner.query('select pg_stat_force_next_flush()');
  const { rows } = await db.owner.query<{ n: number }>(
    'select deadlocks::int as n from pg_stat_database where datname = current_database()',
  );
  return rows[0]?.n ?? -1;
}
