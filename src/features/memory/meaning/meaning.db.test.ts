import { expect, test } from 'vitest';

import { openWorkerSession, startLaneWorker } from '#platform/lanes/index.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { until } from '#test/until.ts';
import { embedMemories } from '../jobs.ts';
import { recall } from '../recall.ts';
import { remember } from '../remember.ts';
import { createMeaning } from './meaning.ts';

const files = testDatabase({ poolSize: 10 });

const said = { source: 'user', source_ref: null, assistant_id: null } as const;

/** A toy model: what a text is about by its words, so that "florb" and "cat" are the same; by words alone nobody knows. */
function vectorOf(text: string): number[] {
  const about = [/cat|florb/i, /bank|grenk/i, /tea|vashni/i, /./];
  return about.map((pattern, at) => (pattern.test(text) ? (at === 3 ? 0.2 : 1) : 0));
}

async function rig() {
  const user = await createUser(files.database.system);
  let model: string | undefined = 'toy/one';
  let failures = 0;
  const asked: string[][] = [];
  const meaning = createMeaning(files.database, {
    model: () => model,
    embed: async (texts) => {
      asked.push(texts);
      if (failures > 0) {
        failures -= 1;
        throw new Error('the server is away');
      }
      return await Promise.resolve({ vectors: texts.map(vectorOf), model: model ?? '' });
    },
  });
  const session = await openWorkerSession({
    connection: files.database.systemConnection,
    services: ['assistant'],
    onNotification: () => {},
    onReconnect: () => {},
    onLost: () => {},
  });
  const worker = startLaneWorker({
    database: files.database,
    signals: files.signals,
    worker: session.worker,
    scopes: ['memory'],
    handlers: [embedMemories(meaning)],
    concurrency: 2,
  });
  const models = async () => {
    const { rows } = await files.owner.query<{ embedding_model: string | null }>(
      'select embedding_model from memories where user_id = $1',
      [user.id],
    );
    return rows.map((row) => row.embedding_model);
  };
  return {
    user,
    asked,
    meaning,
    models,
    use: (name: string | undefined) => (model = name),
    failTimes: (times: number) => (failures = times),
    keep: async (key: string, value: string) =>
      await files.database.asUser(
        user.id,
        async (tx) => await remember(tx, user.id, { key, value, ...said }, meaning),
      ),
    embedded: async (by: string) =>
      await until(`every memory has its vector by ${by}`, async () => {
        const all = await models();
        return all.every((name) => name === by);
      }),
    find: async (text: string) => {
      await meaning.prepare(user.id, text);
      const found = await files.database.asUser(
        user.id,
        async (tx) => await recall(tx, user.id, { text, count: 5, meaning }),
      );
      return found.map(({ key }) => key);
    },
    close: async () => {
      await worker.stop(1_000);
      await session.close();
    },
  };
}

test('a memory is found by what it means, once its vector was made in the background', async () => {
  const { keep, embedded, find, use, failTimes, asked, meaning, user, models, close } = await rig();
  try {
    // Words alone find nothing, before there are vectors and when the model is away.
    failTimes(1);
    await keep('pet', 'a cat called Murka');
    await keep('account', 'the bank at the corner');
    await embedded('toy/one');
    expect(asked.flat()).toContain('pet: a cat called Murka');
    expect(await find('florb')).toEqual(['pet']);
    failTimes(1);
    expect(await find('zzz grenk')).toEqual([]);
    expect(await find('zzz grenk')).toEqual(['account']);

    // What it says now counts, not what it said.
    const { key } = await files.database.asUser(user.id, async (tx) => {
      const kept = await remember(tx, user.id, { key: 'pet', value: 'likes tea', ...said });
      return kept.result === 'kept' ? kept.memory : { key: '' };
    });
    expect(key).toBe('pet');
    expect(await models()).toContain(null);
    expect(await find('florb')).toEqual([]);

    // Another model makes them anew, at the next question that comes.
    use('toy/two');
    await meaning.prepare(user.id, 'florb');
    await embedded('toy/two');
    expect(await find('qqq vashni')).toEqual(['pet']);
    use(undefined);
    expect(await find('qqq vashnis')).toEqual([]);
  } finally {
    await close();
  }
});
