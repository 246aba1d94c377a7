import { expect, test } from 'vitest';

import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';
import { checklistFeature } from './feature.ts';

const files = testDatabase();

test('shows each step as the features know it, to whom it is for', async () => {
  const { id } = await createUser(files.database.system);
  const isThere = async (user: string) => await Promise.resolve(user === id);
  const as = await serveAs(
    checklistFeature(featureContext(files), {
      items: () => [
        { id: 'mine', isDone: async ({ user_id }) => await isThere(user_id) },
        { id: 'never', isDone: async () => await isThere(newId()) },
        { id: 'theirs', for: 'admin', isDone: async ({ user_id }) => await isThere(user_id) },
      ],
    }),
  );
  const steps = [
    { id: 'mine', status: 'done' },
    { id: 'never', status: 'open' },
  ];
  expect(await as(id, { scopes: [] })('GET', '/api/checklist')).toEqual({
    status: 200,
    json: { items: steps },
  });
  const { json } = await as(id, { scopes: ['system:admin'] })('GET', '/api/checklist');
  expect(json.items).toEqual([...steps, { id: 'theirs', status: 'done' }]);
});
