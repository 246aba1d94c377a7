// long: the lists of pages, and how each is read
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Db } from '#platform/db/index.ts';
import { testDatabase } from '#test/database.ts';
import { fireDue, reminded } from '#test/reminded.ts';
import { explaining, type Explaining, type RunPlan } from '#test/query-plans.ts';
import { listByNext } from './queries.ts';
import { selectOccurrences } from './queries/occurrences.ts';

const files = testDatabase();
const HOUR_MS = 3_600_000;
const start = Date.parse('2026-11-20T12:30:00Z');

let ada: Awaited<ReturnType<typeof reminded>>;

async function after(ms: number): Promise<void> {
  await files.moveClock(start + ms - Date.now());
}

beforeEach(async () => {
  await after(0);
  await files.owner.query('delete from users');
  ada = await reminded(files);
});

const at = (hour: number) => ({ trigger_at: `2026-11-20T${hour}:00:00Z` });
const hourly = { type: 'recurring', cron_expression: '0 * * * *' };

/** All pages of a list, two at a time. */
async function all(path: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for (let cursor = ''; ;) {
    const { json, status } = await ada.call('GET', `${path}&limit=2${cursor}`);
    expect(status, JSON.stringify(json)).toBe(200);
    items.push(...json.items);
    if (json.next_cursor === null) return items;
    cursor = `&cursor=${json.next_cursor}`;
  }
}

describe('reminders', () => {
  const titles = async (query: string) => (await all(`/api/reminders?${query}`)).map(({ title }) => title);

  beforeEach(async () => {
    await ada.remind({ ...at(15), title: 'third', text: 'Buy milk' });
    await ada.remind({ ...at(14), title: 'first', text: 'call Mum, 100%' });
    await ada.remind({ ...at(14), title: 'second', text: 'Полить цветы' });
    const paused = await ada.remind({ ...hourly, title: 'paused', text: 'stretch' });
    await ada.patch(paused.id, { status: 'paused' });
    const gone = await ada.remind({ ...at(16), title: 'gone', text: 'milk again' });
    await ada.patch(gone.id, { status: 'cancelled' });
    const done = await ada.remind({ ...at(17), title: 'done', text: 'tea' });
    await ada.call('POST', `/api/reminders/${done.id}/done`);
    await ada.remind({ ...hourly, title: 'hourly', text: 'drink' });
  });

  test('that come next, soonest first, in pages', async () => {
    expect(await titles('status=active&order=next')).toEqual(['hourly', 'first', 'second', 'third']);
    expect(await titles('status=active&order=next&type=one_time')).toEqual(['first', 'second', 'third']);
  });

  test('of all states, those that don’t come last', async () => {
    expect(await titles('order=next')).toEqual([
      'hourly',
      'first',
      'second',
      'third',
      'paused',
      'gone',
      'done',
    ]);
  });

  test('by several states, newest first', async () => {
    expect(await titles('status=completed,cancelled')).toEqual(['done', 'gone']);
    expect(await titles('type=recurring')).toEqual(['hourly', 'paused']);
    expect(await titles('status=paused')).toEqual(['paused']);
    expect(await titles('status=active')).toEqual(['hourly', 'second', 'first', 'third']);
  });

  test('by words in title or text, in any order, to the letter', async () => {
    expect(await titles('q=milk')).toEqual(['gone', 'third']);
    expect(await titles('q=milk%20buy&order=next')).toEqual(['third']);
    expect(await titles('q=%D1%86%D0%B2%D0%B5%D1%82%D1%8B')).toEqual(['second']);
    expect(await titles('q=0%25')).toEqual(['first']);
    expect(await titles('q=_&status=active')).toEqual([]);
    expect(await titles('q=first')).toEqual(['first']);
  });

  test.each(['order=last', 'status=lost', 'status=active,', 'q=', 'type=one_time,recurring'])(
    'refuses %s',
    async (query) => {
      expect((await ada.call('GET', `/api/reminders?${query}`)).status).toBe(422);
    },
  );

  test('takes no cursor of the other order', async () => {
    const { json } = await ada.call('GET', '/api/reminders?limit=2');
    const other = await ada.call('GET', `/api/reminders?order=next&cursor=${json.next_cursor}`);
    expect(other).toMatchObject({ status: 422, json: { errors: [{ path: 'cursor' }] } });
  });
});

describe('occurrences', () => {
  const fates = async (query: string) =>
    (await all(`/api/occurrences?${query}`)).map(({ fate, title }) => [title, fate].join(' '));

  beforeEach(async () => {
    await ada.remind({ ...hourly, title: 'tea', text: 'drink tea', timezone: 'Asia/Tokyo' });
    await ada.remind({ ...at(14), title: 'once' });
    await after(HOUR_MS);
    await fireDue(files);
    await after(4 * HOUR_MS);
    await fireDue(files);
  });

  test('of all reminders, latest first, with whose they are', async () => {
    expect(await fates('')).toEqual(['tea delivered', 'tea missed', 'once delivered', 'tea delivered']);
    const [latest] = await all('/api/occurrences?');
    expect(latest).toEqual({
      id: expect.any(String) as string,
      reminder_id: expect.any(String) as string,
      title: 'tea',
      text: 'drink tea',
      timezone: 'Asia/Tokyo',
      due_at: '2026-11-20T16:00:00.000Z',
      until: null,
      count: 1,
      trigger: 'schedule',
      fired_at: expect.any(String) as string,
      fate: 'delivered',
      late_ms: expect.any(Number) as number,
      reason: null,
      revision: 1,
    });
  });

  test('by fate and by when they were due', async () => {
    expect(await fates('fate=missed')).toEqual(['tea missed']);
    expect(await fates('fate=missed,skipped,failed')).toEqual(['tea missed']);
    expect(await fates('fate=delivered&from=2026-11-20T14:00:00Z')).toEqual([
      'tea delivered',
      'once delivered',
    ]);
    expect(await fates('to=2026-11-20T14:00:00Z')).toEqual(['tea delivered']);
    expect((await ada.call('GET', '/api/occurrences?fate=lost')).status).toBe(422);
  });

  test('are one’s own, and go with their reminder', async () => {
    const [latest] = await all('/api/occurrences?');
    await ada.call('DELETE', `/api/reminders/${latest?.['reminder_id'] as string}`);
    expect(await fates('')).toEqual(['once delivered']);
    ada = await reminded(files);
    expect(await fates('')).toEqual([]);
  });
});

describe('where there are many', () => {
  let app: Explaining | undefined;
  afterEach(async () => await app?.close());

  /** The plans of what `ask` asks as the user, of the statements that ask this table. */
  async function plansOf(ask: (db: Db) => Promise<unknown>, from: string): Promise<RunPlan[]> {
    app ??= await explaining(files, 'app');
    const { db, taken } = app;
    await db.transaction().execute(async (tx) => {
      await tx
        .selectNoFrom(({ fn, val }) =>
          fn('set_config', [val('app.user_id'), val(ada.id), val(true)]).as('set'),
        )
        .execute();
      taken();
      await ask(tx);
    });
    return taken().filter(({ statement }) => statement.includes(from));
  }

  test('no list reads a table as a whole', async () => {
    const { schedule_id } = await ada.remind(hourly);
    await files.owner.query(`
      insert into users (id, name) select gen_random_uuid(), 'user ' || n from generate_series(1, 50) n;
      insert into assistants (id, user_id, name) select gen_random_uuid(), id, 'a' from users;
      insert into schedules (id, user_id, kind, type, trigger_at, timezone, status)
        select gen_random_uuid(), u.id, 'reminder', 'one_time', now() + n * interval '1 minute', 'UTC',
               case when n % 10 = 0 then 'active' else 'completed' end
        from users u, generate_series(1, 400) n;
      insert into due select id, 1, trigger_at from schedules where status = 'active' and type = 'one_time';
      insert into reminders (id, schedule_id, user_id, assistant_id, payload)
        select gen_random_uuid(), s.id, s.user_id, a.id, '{"text": "x"}'
        from schedules s join assistants a using (user_id) where s.type = 'one_time' and not a.is_secretary`);
    await files.owner.query(
      `insert into occurrences (id, schedule_id, user_id, revision, due_at, fate)
       select gen_random_uuid(), $1, $2, 9, now() - n * interval '1 minute',
              case when n % 3000 = 0 then 'missed' else 'delivered' end
       from generate_series(1, 30000) n`,
      [schedule_id, ada.id],
    );
    await files.owner.query('vacuum analyze schedules, due, reminders, occurrences, assistants, users');
    const page = { after: undefined, count: 20 };
    const middle = { due_at: new Date(start - 24 * HOUR_MS), id: ada.id };
    const asked: [string, (db: Db) => Promise<unknown>, string, number][] = [
      [
        'occurrences_user_due',
        async (db) => await selectOccurrences(db, ada.id, {}, page),
        'from occurrences',
        400,
      ],
      [
        'occurrences_user_due',
        async (db) => await selectOccurrences(db, ada.id, {}, { after: middle, count: 20 }),
        'from occurrences',
        400,
      ],
      [
        'occurrences_user_lost',
        async (db) => await selectOccurrences(db, ada.id, { fate: ['missed'] }, page),
        'from occurrences',
        400,
      ],
      [
        'schedules_active',
        async (db) => await listByNext(db, ada.id, { status: ['active'], limit: 20 }),
        'from "reminders"',
        1_000,
      ],
    ];
    for (const [index, ask, from, most] of asked) {
      // More than five times, since PostgreSQL then goes over to a plan that fits any parameters.
      for (let time = 0; time < 7; time++) {
        const plans = await plansOf(ask, from);
        expect(plans).toHaveLength(1);
        for (const { nodes, pages, statement } of plans) {
          const scans = nodes.filter((node) => node['Node Type'] === 'Seq Scan');
          expect(
            scans.map((node) => node['Relation Name']),
            statement,
          ).toEqual([]);
          expect(nodes.map((node) => node['Index Name'])).toContain(index);
          expect(pages, statement).toBeLessThan(most);
        }
      }
    }
  });
});
