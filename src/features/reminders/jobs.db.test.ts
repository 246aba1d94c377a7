import { beforeEach, expect, test } from 'vitest';

import type { ClaimedItem } from '#platform/lanes/index.ts';
import { testDatabase } from '#test/database.ts';
import { fireDue, reminded } from '#test/reminded.ts';
import { speakReminders } from './jobs.ts';
import { reminderTool } from './tools.ts';

const files = testDatabase();

beforeEach(async () => {
  await files.owner.query('delete from users; delete from lanes');
  await files.moveClock(0);
});

type Person = Awaited<ReturnType<typeof reminded>>;

async function firedOf(people: [Person, string][]): Promise<ClaimedItem> {
  for (const [{ remind }, text] of people) {
    await remind({ text, trigger_at: new Date(Date.now() + 60_000).toISOString() });
  }
  await files.moveClock(120_000);
  expect(await fireDue(files)).toBe(people.length);
  const { rows } = await files.owner.query<ClaimedItem>(
    `select lane_key as key, payload from lane_items where kind = 'reminder.speak' and finished_at is null`,
  );
  expect(rows).toHaveLength(1);
  return { ...rows[0]!, user_id: null };
}

async function speak(item: ClaimedItem, signal = new AbortController().signal): Promise<void> {
  const refused = async () => await Promise.reject(new Error('each is said in a transaction of its own'));
  await speakReminders(files.database).work(item, {
    signal,
    cancelled: () => false,
    read: () => files.database.system,
    transaction: refused,
    finish: refused,
  });
}

async function said(): Promise<string[]> {
  const { rows } = await files.owner.query<{ text: string }>(
    `select parts -> 0 ->> 'text' as text from messages order by 1`,
  );
  return rows.map(({ text }) => text.replace(/ \(.*/, ''));
}

test('what fires at once for several people is one item, and each hears their own, once', async () => {
  const [ada, bob] = [await reminded(files), await reminded(files)];
  const item = await firedOf([
    [ada, 'tea'],
    [bob, 'coffee'],
    [ada, 'toast'],
  ]);
  await speak(item);
  await speak(item);
  expect(await said()).toEqual(['coffee', 'tea', 'toast']);
  const { rows } = await files.owner.query(
    `select t.user_id, count(*)::int as count from messages m join threads t on t.id = m.thread_id
     group by 1 order by 2`,
  );
  expect(rows).toEqual([
    { user_id: bob.id, count: 1 },
    { user_id: ada.id, count: 2 },
  ]);
});

test('one that can not be said holds up no other, and is tried again', async () => {
  const [ada, bob] = [await reminded(files), await reminded(files)];
  const item = await firedOf([
    [ada, 'broken'],
    [bob, 'coffee'],
  ]);
  await files.owner.query(`
    create function refuse_broken() returns trigger language plpgsql as $$
      begin if new.parts::text like '%broken%' then raise 'broken'; end if; return new; end $$;
    create trigger refuse_broken before insert on messages for each row execute function refuse_broken()`);
  await expect(speak(item)).rejects.toThrow('1 not said: broken');
  expect(await said()).toEqual(['coffee']);
  await files.owner.query('drop trigger refuse_broken on messages');
  await speak(item);
  expect(await said()).toEqual(['broken', 'coffee']);
});

test('a worker that is told to stop says no more', async () => {
  const ada = await reminded(files);
  const item = await firedOf([[ada, 'tea']]);
  await expect(speak(item, AbortSignal.abort('shutdown'))).rejects.toBe('shutdown');
  expect(await said()).toEqual([]);
});

test('what is given up is told to those it concerns', async () => {
  const [ada, bob] = [await reminded(files), await reminded(files)];
  const item = await firedOf([
    [ada, 'tea'],
    [ada, 'toast'],
    [bob, 'coffee'],
  ]);
  const { onParked } = speakReminders(files.database);
  await files.database.asSystem(async (tx) => await onParked!(tx, item, 'no more'));
  const { rows } = await files.owner.query(
    `select user_id, message from activity where type = 'reminder.unsaid' order by user_id`,
  );
  const message = 'What reminders said could not all be said in the thread too: no more';
  expect(rows).toEqual([ada.id, bob.id].toSorted().map((user_id) => ({ user_id, message })));
});

test('what was set where strangers’ words had been read is theirs when it is said, and nothing else', async () => {
  const ada = await reminded(files);
  await firedOf([[ada, 'mine']]);
  await files.moveClock(0);
  const context = {
    user_id: ada.id,
    assistant_id: 'none',
    thread_id: 'none',
    turn_id: 'none',
    call_id: 'none',
    timezone: 'UTC',
    locale: 'en',
    now: new Date(),
  };
  const trigger_at = new Date(Date.now() + 60_000).toISOString();
  for (const [text, tainted] of [
    ['theirs', true],
    ['mine, too', false],
  ] as const) {
    await files.database.asUser(
      ada.id,
      async (tx) =>
        await reminderTool.execute(tx, { action: 'create', text, trigger_at }, { ...context, tainted }),
    );
  }
  await files.moveClock(120_000);
  expect(await fireDue(files)).toBe(2);
  const { rows: items } = await files.owner.query<ClaimedItem>(
    `select lane_key as key, payload from lane_items where kind = 'reminder.speak'`,
  );
  for (const item of items) await speak({ ...item, user_id: null });
  const { rows } = await files.owner.query<{ text: string; tainted: boolean }>(
    `select parts -> 0 ->> 'text' as text, tainted from messages order by 1`,
  );
  expect(rows.map(({ text, tainted }) => [text.replace(/ \(.*/, ''), tainted])).toEqual([
    ['mine', false],
    ['mine, too', false],
    ['theirs', true],
  ]);
});
