import { describe, expect, test } from 'vitest';

import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';
import { activityFeature } from './feature.ts';
import { record, type NewActivity } from './index.ts';

const files = testDatabase();

async function person() {
  const user = await createUser(files.database.system);
  const as = await serveAs(activityFeature(featureContext(files)));
  const write = async (...entries: Omit<NewActivity, 'user_id' | 'actor'>[]) =>
    await files.database.asUser(user.id, async (tx) => {
      await record(tx, ...entries.map((entry) => ({ user_id: user.id, actor: 'system' as const, ...entry })));
    });
  /** The messages a list of these filters shows. */
  const messages = async (filters: string) =>
    (await as(user.id)('GET', `/api/activity?${filters}`)).json.items.map((item) => item.message);
  return { user, as, write, messages };
}

describe('the log', () => {
  test('keeps what was said, newest first, each user’s apart', async () => {
    const { user, as, write } = await person();
    const other = await person();
    await write({ type: 'reminder.missed', message: 'first' });
    await write({
      type: 'delivery.failed',
      level: 'error',
      message: 'second',
      metadata: { tries: 3 },
      subject: 'delivery:1',
    });
    await other.write({ type: 'reminder.missed', message: 'theirs' });
    const { json } = await as(user.id)('GET', '/api/activity');
    expect(json.items).toMatchObject([
      {
        actor: 'system',
        type: 'delivery.failed',
        level: 'error',
        message: 'second',
        metadata: { tries: 3 },
        subject: 'delivery:1',
      },
      { type: 'reminder.missed', level: 'info', message: 'first', metadata: {}, subject: null },
    ]);
    expect(json.next_cursor).toBeNull();
  });

  test('is narrowed by type, level, subject and time, and all of them', async () => {
    const { user, write, messages } = await person();
    await write(
      { type: 'a.one', message: '1' },
      { type: 'a.one', level: 'warning', message: '2', subject: 'thing:1' },
      { type: 'a.two', level: 'warning', message: '3', subject: 'thing:1' },
    );
    await files.owner.query(
      `update activity set created_at = '2026-01-01T00:00:00Z' where user_id = $1 and message = '2'`,
      [user.id],
    );
    expect(await messages('type=a.one')).toEqual(['2', '1']);
    expect(await messages('level=warning')).toEqual(['3', '2']);
    expect(await messages('subject=thing:1&type=a.one')).toEqual(['2']);
    expect(await messages('from=2026-01-01T00:00:00.001Z')).toEqual(['3', '1']);
    expect(await messages('from=2026-01-01T01:00:00%2B01:00&level=warning')).toEqual(['3', '2']);
    expect(await messages('to=2026-01-01T00:00:00Z')).toEqual([]);
    expect(await messages('from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00.001Z')).toEqual(['2']);
  });

  test('goes on from page to page', async () => {
    const { user, as, write } = await person();
    await write(...['1', '2', '3'].map((message) => ({ type: 'a', message })));
    const first = await as(user.id)('GET', '/api/activity?limit=2');
    const next = await as(user.id)('GET', `/api/activity?limit=2&cursor=${first.json.next_cursor}`);
    expect([...first.json.items, ...next.json.items].map(({ message }) => message)).toEqual(['3', '2', '1']);
  });

  test.each(['level=bad', 'from=yesterday', 'to=tomorrow', 'limit=0', 'colour=red', 'type='])(
    'refuses %s',
    async (filter) => {
      const { user, as } = await person();
      const [path] = filter.split('=');
      const answer = await as(user.id)('GET', `/api/activity?${filter}`);
      expect(answer).toMatchObject({ status: 422, json: { errors: [{ path }] } });
    },
  );

  test('is not changed or taken back, not even by its user', async () => {
    const { user, write } = await person();
    await write({ type: 'a', message: 'said' });
    for (const statement of [
      `update activity set message = 'unsaid'`,
      'delete from activity',
      'truncate activity',
      'truncate activity cascade',
      'drop table activity',
      'alter table activity disable row level security',
    ]) {
      const tried = files.database.asUser(user.id, async (tx) => {
        const { sql } = await import('kysely');
        await sql.raw(statement).execute(tx.db);
      });
      await expect(tried, statement).rejects.toThrow(/permission denied|must be owner/);
    }
  });

  test('writes nothing for no entries', async () => {
    const { write, messages } = await person();
    await write();
    expect(await messages('')).toEqual([]);
  });
});
