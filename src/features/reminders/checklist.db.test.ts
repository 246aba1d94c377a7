import { expect, test } from 'vitest';

import { testDatabase } from '#test/database.ts';
import { fireDue, reminded } from '#test/reminded.ts';
import { featureContext } from '#test/serve-as.ts';
import { remindersFeature } from './feature.ts';

const files = testDatabase();

test('the first reminder is a step until one has fired', async () => {
  const { checklist = [] } = remindersFeature(featureContext(files));
  const [step, ...others] = checklist;
  expect([step?.id, others]).toEqual(['first_reminder', []]);
  const isDone = async (user_id: string) =>
    await step?.isDone({ db: files.database.readAs(user_id), user_id });
  const ada = await reminded(files);
  await ada.remind({ trigger_at: new Date(Date.now() + 60_000).toISOString() });
  expect(await isDone(ada.id)).toBe(false);
  await files.moveClock(61_000);
  await fireDue(files);
  expect(await isDone(ada.id)).toBe(true);
  expect(await isDone((await reminded(files)).id)).toBe(false);
});
