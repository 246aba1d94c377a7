import { setTimeout as sleep } from 'node:timers/promises';

import { test } from 'vitest';

import { remindersUnder } from './reminders-under.ts';

test('two programs over one PostgreSQL, with nothing configured: all comes, once, also when one of them dies', async () => {
  await remindersUnder({ reminders: 200, programs: 2 }, async ({ programs, random }) => {
    await sleep(10_000 + random.between(0, 3_000));
    await programs[1]!.kill9();
    await sleep(3_000);
  });
});
