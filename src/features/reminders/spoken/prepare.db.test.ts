import { beforeEach, describe, expect, test } from 'vitest';
import type { LanguageModelV4CallOptions } from '@ai-sdk/provider';
import type { TurnModels } from '#features/conversations/index.ts';
import type { ClaimedItem } from '#platform/lanes/index.ts';
import { createLogger } from '#platform/log/index.ts';
import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { fireDue, reminded } from '#test/reminded.ts';
import { scriptedModel, type Script } from '#test/turns.ts';
import { speakReminders } from '../jobs.ts';
import { hasOwnModels, selectComing, type ComingWindow } from '../queries/wordings.ts';
import { wordReminder } from './prepare.ts';

const db = testDatabase();
const log = createLogger({ level: 'silent', pretty: false });
const never = new AbortController().signal;

beforeEach(async () => {
  await db.owner.query('delete from users; delete from lanes');
  await db.moveClock(0);
});

function modelsWith(
  script: Script,
  default_model = 'a/b',
  price: TurnModels['costOf'] = () => null,
): TurnModels {
  const model = scriptedModel(script);
  return {
    default_model,
    last_resort: 'builtin/offline',
    resolve: () => model,
    about: () => ({
      context_window: 100_000,
      max_output_tokens: 1_000,
      price: { input: 1, output: 1 },
      accepts: { images: false, pdf: false },
    }),
    costOf: price,
    health: { mayTry: () => true, succeeded: () => {}, failed: () => {} },
  };
}

/** Says so, and keeps what it was asked. */
function speaker(asked: LanguageModelV4CallOptions[], says: string): TurnModels {
  return modelsWith((request) => {
    asked.push(request);
    return { text: [says] };
  });
}

const window = {
  least_ms: 3_000,
  most_ms: 60_000,
  after: undefined,
  default_model: 'a/b',
  last_resort: 'builtin/offline',
  limit: 100,
};

async function coming(more: Partial<ComingWindow> = {}) {
  return (await selectComing(db.database.system, { ...window, ...more })).coming;
}

async function wordAll(models: TurnModels): Promise<void> {
  for (const one of await coming()) await wordReminder({ database: db.database, models, log }, one, never);
}

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();

/** Lets the time come, as the scheduler and the assistant do; answers what was told, and what was said. */
async function come(): Promise<{ told: string[]; said: string[] }> {
  await db.moveClock(50_000);
  await fireDue(db);
  const { rows: items } = await db.owner.query<ClaimedItem>(
    `select lane_key as key, payload from lane_items where kind = 'reminder.speak'`,
  );
  const refused = async () => await Promise.reject(new Error('each in a transaction of its own'));
  for (const item of items) {
    await speakReminders(db.database).work(
      { ...item, user_id: null },
      {
        signal: never,
        cancelled: () => false,
        read: () => db.database.system,
        transaction: refused,
        finish: refused,
      },
    );
  }
  const told = await db.owner.query<{ message: string }>('select message from notifications order by id');
  const said = await db.owner.query<{ text: string }>(
    `select parts -> 0 ->> 'text' as text from messages order by id`,
  );
  return { told: told.rows.map(({ message }) => message), said: said.rows.map(({ text }) => text) };
}

describe('a reminder that comes within a minute', () => {
  test('is worded once, said in these words at its time, and told in its own', async () => {
    const ada = await reminded(db);
    const made = await ada.remind({ text: 'call mum', trigger_at: inSeconds(40) });
    const asked: LanguageModelV4CallOptions[] = [];
    const models = speaker(asked, 'Time to call mum, Ada!');
    await wordAll(models);
    await wordAll(models);
    expect(asked).toHaveLength(1);
    expect(await come()).toEqual({ told: ['call mum'], said: ['Time to call mum, Ada!'] });
    const { rows } = await db.owner.query('select subject, model from model_usage');
    expect(rows).toEqual([{ subject: `reminder:${made.id}`, model: 'a/b' }]);
  });

  test('says its own text, too, where the words leave it out', async () => {
    const ada = await reminded(db);
    await ada.remind({ text: 'call mum', trigger_at: inSeconds(40) });
    await wordAll(speaker([], 'Ring your mother.'));
    expect((await come()).said).toEqual(['Ring your mother.\n\ncall mum']);
  });

  test('says its own text alone where nothing is ready', async () => {
    const ada = await reminded(db);
    await ada.remind({ text: 'call mum', trigger_at: inSeconds(40) });
    const [one] = await coming();
    const ended = new AbortController();
    const models = modelsWith(() => ({ text: ['Time'], hang: true }));
    const wording = wordReminder({ database: db.database, models, log }, one!, ended.signal);
    expect(await come()).toEqual({ told: ['call mum'], said: ['call mum'] });
    ended.abort();
    await wording;
    await wordReminder(
      { database: db.database, models: modelsWith(() => ({ error: new Error('down') })), log },
      one!,
      never,
    );
  });

  test('is not said in words for what it said before', async () => {
    const ada = await reminded(db);
    const { id } = await ada.remind({ text: 'call mum', trigger_at: inSeconds(40) });
    await wordAll(speaker([], 'Time to call mum!'));
    await ada.patch(id, { text: 'call dad' });
    expect((await come()).said).toEqual(['call dad']);
  });

  test('is not said in words that were under way while it was changed', async () => {
    const ada = await reminded(db);
    const { id } = await ada.remind({ text: 'call mum', trigger_at: inSeconds(40) });
    const [one] = await coming();
    const models = modelsWith(() => ({ text: ['Time to call mum!'] }));
    // What it used is written down just before its words are kept.
    const price = models.costOf;
    let change: Promise<unknown> = Promise.resolve();
    models.costOf = (...of) => {
      change = ada.patch(id, { text: 'call dad' });
      return price(...of);
    };
    await wordReminder({ database: db.database, models, log }, one!, never);
    await change;
    expect((await come()).said).toEqual(['call dad']);
  });

  test('is worded anew for another time, not for the one it had', async () => {
    const ada = await reminded(db);
    const { id } = await ada.remind({ text: 'call mum', trigger_at: inSeconds(40) });
    await wordAll(speaker([], 'At forty: call mum'));
    await ada.patch(id, { trigger_at: inSeconds(45) });
    expect(await coming()).toHaveLength(1);
    expect((await come()).said).toEqual(['call mum']);
  });

  test('costs nothing once the day’s budget is used up', async () => {
    const ada = await reminded(db);
    await ada.remind({ text: 'call mum', trigger_at: inSeconds(40) });
    await db.owner.query('update users set daily_budget_usd = 0');
    const asked: LanguageModelV4CallOptions[] = [];
    await wordAll(speaker(asked, 'Time to call mum!'));
    expect(asked).toEqual([]);
    expect((await come()).said).toEqual(['call mum']);
  });

  test('leaves of the day’s budget what a reply may be spending, and gives back what it did not use', async () => {
    const ada = await reminded(db);
    await ada.remind({ text: 'call mum', trigger_at: inSeconds(40) });
    await ada.remind({ text: 'call dad', trigger_at: inSeconds(50) });
    await db.owner.query('update users set daily_budget_usd = 1');
    const [mum, dad] = await coming();
    const asked: LanguageModelV4CallOptions[] = [];
    const models = speaker(asked, 'Time to call!');
    await wordReminder({ database: db.database, models, log }, mum!, never);
    expect(asked).toHaveLength(1);
    const { rowCount } = await db.owner.query('select from usage_reservations');
    expect(rowCount).toBe(0);
    await db.owner.query(
      `insert into usage_reservations values ($1, $2, 1, app_now() + interval '1 minute')`,
      [newId(), ada.id],
    );
    await wordReminder({ database: db.database, models, log }, dad!, never);
    expect(asked).toHaveLength(1);
  });
});

describe('which reminders are worded', () => {
  test('those that come within the minute, not sooner than can be ready', async () => {
    const ada = await reminded(db);
    await ada.remind({ text: 'too soon', trigger_at: inSeconds(2) });
    await ada.remind({ text: 'later', trigger_at: inSeconds(90) });
    expect(await coming()).toEqual([]);
    await ada.remind({ text: 'now', trigger_at: inSeconds(30) });
    const [one, ...more] = await coming();
    expect(more).toEqual([]);
    expect(one!.ms_left).toBeGreaterThan(20_000);
    expect(await coming({ after: one!.fire_at })).toEqual([]);
  });

  test('none of an assistant that has the offline model alone', async () => {
    const ada = await reminded(db);
    await ada.remind({ text: 'now', trigger_at: inSeconds(30) });
    expect(await coming({ default_model: 'builtin/offline' })).toEqual([]);
    expect(await hasOwnModels(db.database.system, 'builtin/offline')).toBe(false);
    await db.owner.query(`update assistants set model = 'c/d'`);
    expect(await coming({ default_model: 'builtin/offline' })).toMatchObject([{ model: 'c/d' }]);
    expect(await hasOwnModels(db.database.system, 'builtin/offline')).toBe(true);
    await db.owner.query(`update assistants set model = 'builtin/offline'`);
    expect(await coming()).toEqual([]);
  });

  test.each([
    ['left out', undefined, [true, false]],
    ['on', true, [true, true]],
    ['off', false, [false, false]],
  ])('by the wish of their user: %s', async (_, wish, [once, often]) => {
    const ada = await reminded(db);
    if (wish !== undefined)
      await db.owner.query('update users set preferences = $1', [{ spoken_reminders: wish }]);
    const one = await ada.remind({ text: 'once', trigger_at: inSeconds(30) });
    const every = await ada.remind({
      type: 'recurring',
      text: 'often',
      trigger_at: undefined,
      cron_expression: '* * * * *',
    });
    await db.owner.query(`update schedules set last_fired_at = now() - interval '1 minute' where id = $1`, [
      every.schedule_id,
    ]);
    await db.owner.query(`update due set fire_at = now() + interval '30 seconds' where schedule_id = $1`, [
      every.schedule_id,
    ]);
    const ids = new Set((await coming()).map(({ reminder_id }) => reminder_id));
    expect([ids.has(one.id), ids.has(every.id)]).toEqual([once, often]);
  });
});
