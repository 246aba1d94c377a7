import { expect, test } from 'vitest';

import { serveAs } from '#test/serve-as.ts';
import { modelsFeature } from './feature.ts';
import { createModels } from './registry.ts';

const ada = '01a1fc86-0000-7000-8000-000000000001';
const builtIn = { id: 'builtin/offline', provider: 'builtin' };
const compatible = { base_url: 'http://127.0.0.1:1/v1' };

test.each([
  [{}, [builtIn], 'builtin/offline'],
  [
    { compatible, default_model: 'compatible/small' },
    [builtIn, { id: 'compatible/*', provider: 'compatible' }],
    'compatible/small',
  ],
])('of %j', async (config, items, default_model) => {
  const as = await serveAs(modelsFeature(createModels(config)));
  expect(await as(ada)('GET', '/api/models')).toEqual({ status: 200, json: { items, default_model } });
});

test.each([
  [{}, false],
  [{ compatible }, true],
])('a model besides the built-in one is a step of admins: %j', async (config, done) => {
  const [step] = modelsFeature(createModels(config)).checklist ?? [];
  expect(step).toMatchObject({ id: 'model_key', for: 'admin' });
  expect(await step?.isDone({ db: undefined as never, user_id: ada })).toBe(done);
});
