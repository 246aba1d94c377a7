import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FAKE_KEY, startFakeModels, type FakeModels } from '#test/fakes/aimock.ts';
import { testDatabase } from '#test/database.ts';
import { freePort } from '#test/free-port.ts';
import { serveModels } from '#test/models-rig.ts';
import { until } from '#test/until.ts';
import type { ModelSettings } from './registry.ts';

const files = testDatabase();
let fake: FakeModels;

beforeAll(async () => {
  fake = await startFakeModels();
});
afterAll(async () => {
  await fake[Symbol.asyncDispose]();
});
beforeEach(async () => {
  fake.clear();
  for (const table of ['provider_keys', 'settings', 'alerts', 'activity', 'events', 'users']) {
    await files.owner.query(`delete from ${table}`);
  }
});

const serving = async (environment?: ModelSettings) => await serveModels(files, environment);

const offline = {
  id: 'builtin/offline',
  provider: 'builtin',
  health: { state: 'ok', error: null, since: null },
  context_window: 1_000_000,
  max_output_tokens: null,
  price: { input: 0, output: 0, cached_input: 0 },
  is_free: true,
  accepts: { images: false, pdf: false },
};

describe('the models', () => {
  test('are the built-in one without any provider', async () => {
    const { list, feature } = await serving();
    expect(await list()).toMatchObject({
      items: [offline],
      providers: [{ provider: 'builtin', list_error: null }],
      default_model: 'builtin/offline',
      embedding_model: null,
      prices_as_of: expect.stringMatching(/^20\d\d-/),
    });
    const [step] = feature.checklist ?? [];
    expect(step).toMatchObject({ id: 'model_key', for: 'admin' });
    expect(await step?.isDone({ db: undefined as never, user_id: '' })).toBe(false);
  });

  test('of those who sell are what they sell now, with prices', async () => {
    const key = { api_key: 'k' };
    const { list, feature } = await serving({ providers: { openai: key, anthropic: key, google: key } });
    const { items, providers } = (await list()) as unknown as {
      items: Record<string, unknown>[];
      providers: unknown[];
    };
    expect(providers).toHaveLength(4);
    expect(items.length).toBeGreaterThan(30);
    expect(items.find(({ id }) => id === 'openai/gpt-5')).toEqual({
      ...offline,
      id: 'openai/gpt-5',
      provider: 'openai',
      context_window: 400_000,
      max_output_tokens: 128_000,
      price: { input: 1.25, output: 10, cached_input: 0.125 },
      is_free: false,
      accepts: { images: true, pdf: true },
    });
    expect(await feature.checklist?.[0]?.isDone({ db: undefined as never, user_id: '' })).toBe(true);
  });

  test('of a server are what it says it has, and anything when it can not be asked', async () => {
    fake.says('hello', 'hi');
    const { list } = await serving({
      providers: {
        ollama: { base_url: fake.url },
        compatible: { base_url: `http://127.0.0.1:${await freePort()}/v1` },
      },
    });
    const { items, providers } = (await list()) as unknown as {
      items: { id: string }[];
      providers: unknown[];
    };
    const ids = items.map(({ id }) => id);
    expect(ids).toContain('ollama/gpt-4o');
    expect(ids.filter((id) => id.includes('embed'))).toEqual([]);
    expect(items.at(-1)).toMatchObject({ id: 'compatible/*', price: null, is_free: false });
    expect(providers).toMatchObject([
      { provider: 'builtin' },
      { provider: 'ollama', list_error: null },
      { provider: 'compatible', list_error: expect.stringContaining('ECONNREFUSED') },
    ]);
  });
});

describe('a default model of the environment that is none', () => {
  test('is refused at the start, one that was set live is not', async () => {
    await expect(serving({ default_model: 'openai/gpt-5', providers: {} })).rejects.toThrow('OPENAI_API_KEY');
    await files.owner.query(`insert into settings values ('default_model', '"openai/gpt-5"')`);
    const { models } = await serving();
    expect(models.default_model).toBe('openai/gpt-5');
  });
});

describe('set live', () => {
  test('a key is sealed, in force at once in every process, and shown to nobody', async () => {
    const { call, models } = await serving();
    const other = await serving();
    const key = 'sk-CANARY-of-a-key';
    const patch = {
      providers: { openai: { api_key: key, base_url: `${fake.url}/v1/` } },
      default_model: 'openai/gpt-5',
    };
    const changed = await call('PATCH', '/api/settings', patch);
    const openai = { api_key_set: true, source: 'settings', base_url: `${fake.url}/v1` };
    expect(changed).toMatchObject({
      status: 200,
      json: { default_model: 'openai/gpt-5', providers: { openai } },
    });
    expect(JSON.stringify(changed)).not.toContain(key);
    expect(models.knows('openai/gpt-5')).toBe(true);
    expect(models.default_model).toBe('openai/gpt-5');
    await until('the other process knows it', () => Promise.resolve(other.models.knows('openai/gpt-5')));
    for (const table of ['provider_keys', 'settings', 'activity', 'events']) {
      const { rows } = await files.owner.query(`select convert_to(t::text, 'utf8') as row from ${table} t`);
      expect(rows.length).toBeGreaterThan(0);
      const text = rows.map(({ row }: { row: Buffer }) => row.toString()).join();
      expect(text).not.toContain(key);
      expect(text).not.toContain(Buffer.from(key).toString('hex'));
    }
    fake.says('OK', 'OK');
    expect((await call('POST', '/api/models/check', { model: 'openai/gpt-5' })).json).toMatchObject({
      ok: true,
    });
    expect(fake.asked()[0]?.headers).toMatchObject({ authorization: `Bearer ${key}` });
  });

  test('wins over the environment, and null brings that back', async () => {
    const { call, models } = await serving({
      default_model: 'openai/gpt-4o',
      providers: { openai: { api_key: 'given', base_url: 'http://given.test/v1' } },
    });
    const openai = async (change: unknown, more = {}) => {
      const { status, json } = await call('PATCH', '/api/settings', {
        providers: { openai: change },
        ...more,
      });
      expect(status).toBe(200);
      return [(json['providers'] as Record<string, unknown>)['openai'], json['default_model']];
    };
    expect(await openai({}, {})).toEqual([
      { api_key_set: true, source: 'environment', base_url: 'http://given.test/v1' },
      'openai/gpt-4o',
    ]);
    expect(await openai({ api_key: 'set' }, { default_model: 'openai/gpt-5' })).toEqual([
      { api_key_set: true, source: 'settings', base_url: 'http://given.test/v1' },
      'openai/gpt-5',
    ]);
    expect(await openai({ base_url: 'https://set.test' })).toEqual([
      { api_key_set: true, source: 'settings', base_url: 'https://set.test' },
      'openai/gpt-5',
    ]);
    expect(models.reachable()[0]?.access).toMatchObject({ api_key: 'set', base_url: 'https://set.test' });
    expect(await openai({ api_key: null }, { default_model: null })).toEqual([
      { api_key_set: true, source: 'environment', base_url: 'https://set.test' },
      'openai/gpt-4o',
    ]);
    expect(models.reachable()[0]?.access).toMatchObject({ api_key: 'given', base_url: 'https://set.test' });
    await openai(null);
    expect(models.reachable()[0]?.access).toMatchObject({
      api_key: 'given',
      base_url: 'http://given.test/v1',
    });
    expect((await files.owner.query('select 1 from provider_keys')).rowCount).toBe(0);
  });

  test('is told by name, without any key', async () => {
    const { call } = await serving();
    await call('PATCH', '/api/settings', { providers: { openai: { api_key: 'one' } } });
    await call('PATCH', '/api/settings', {
      providers: { openai: { api_key: 'two', base_url: 'http://x.test' } },
    });
    await call('PATCH', '/api/settings', { providers: { openai: null } });
    await call('PATCH', '/api/settings', { providers: { openai: null, google: { base_url: null } } });
    const { rows } = await files.owner.query('select metadata from activity order by created_at, id');
    const key = 'providers.openai.api_key';
    const url = 'providers.openai.base_url';
    expect(rows.map(({ metadata }: { metadata: unknown }) => metadata)).toEqual([
      { [key]: { old: null, new: 'set' } },
      { [key]: { old: 'set', new: 'set' }, [url]: { old: null, new: 'http://x.test' } },
      { [key]: { old: 'set', new: null }, [url]: { old: 'http://x.test', new: null } },
    ]);
  });

  test.each([
    ['providers.openai.base_url', { providers: { openai: { base_url: 'ftp://x' } } }],
    ['providers.openai.base_url', { providers: { openai: { base_url: 'not an address' } } }],
    ['providers.openai.base_url', { providers: { openai: { base_url: 'http://user:secret@x.test' } } }],
    ['providers.openai.api_key', { providers: { openai: { api_key: '' } } }],
    ['providers.openai.api_key', { providers: { openai: { api_key: 'two words' } } }],
    ['providers.openai.color', { providers: { openai: { color: 'red' } } }],
    ['providers.other', { providers: { other: { api_key: 'k' } } }],
    ['default_model', { default_model: 'gpt-5' }],
    ['default_model', { default_model: 'openai/gpt-5' }],
    ['default_model', { default_model: 'builtin/other' }],
    ['embedding_model', { embedding_model: 'builtin/offline' }],
    ['embedding_model', { embedding_model: 'openai/small' }],
  ])('%s is refused when it is wrong, and nothing is changed: %j', async (path, patch) => {
    const { call } = await serving();
    expect(await call('PATCH', '/api/settings', patch)).toMatchObject({
      status: 422,
      json: { errors: [{ path }] },
    });
    expect(
      (await files.owner.query('select 1 from provider_keys union all select 1 from settings')).rowCount,
    ).toBe(0);
  });

  test('the provider of the default model is not taken away', async () => {
    const { call } = await serving();
    const set = {
      providers: { openai: { api_key: 'k' }, google: { api_key: 'k' } },
      default_model: 'openai/gpt-5',
    };
    expect((await call('PATCH', '/api/settings', set)).status).toBe(200);
    expect(await call('PATCH', '/api/settings', { providers: { openai: null } })).toMatchObject({
      status: 422,
      json: { errors: [{ path: 'default_model' }] },
    });
    const together = { providers: { openai: null }, default_model: 'google/gemini-2.5-pro' };
    expect((await call('PATCH', '/api/settings', together)).status).toBe(200);
  });

  test('a key that can not be read any more is as good as none', async () => {
    const { call } = await serving();
    await call('PATCH', '/api/settings', {
      providers: { openai: { api_key: 'k' }, google: { api_key: 'k' } },
    });
    await files.owner.query(
      `update provider_keys set api_key = set_byte(api_key, 40, get_byte(api_key, 40) # 1) where provider = 'openai'`,
    );
    const { models } = await serving();
    expect(models.reachable()).toMatchObject([{ provider: 'google' }]);
  });
});

describe('a check', () => {
  const environment = (): ModelSettings => ({
    providers: { compatible: { api_key: FAKE_KEY, base_url: `${fake.url}/v1` } },
  });

  test('says how long it took and who answered', async () => {
    fake.says('OK', 'OK');
    const { call } = await serving(environment());
    expect(await call('POST', '/api/models/check', { model: 'compatible/small' })).toMatchObject({
      status: 200,
      json: { ok: true, model: 'small', error: null, latency_ms: expect.any(Number) },
    });
    expect((await call('POST', '/api/models/check', { model: 'builtin/offline' })).json).toMatchObject({
      ok: true,
    });
  });

  test('says in words what is wrong, without the key', async () => {
    fake.refuses(401, { message: `wrong key ${FAKE_KEY}` });
    const { call } = await serving(environment());
    const { status, json } = await call('POST', '/api/models/check', { model: 'compatible/small' });
    expect(status).toBe(200);
    expect(json).toMatchObject({ ok: false, model: null, error: '401: wrong key …' });
  });

  test('is for admins, of a model that there is', async () => {
    const { call, as, admin } = await serving(environment());
    expect((await as(admin.id)('POST', '/api/models/check', { model: 'builtin/offline' })).status).toBe(403);
    expect(await call('POST', '/api/models/check', { model: 'openai/gpt-5' })).toMatchObject({
      status: 422,
      json: { errors: [{ path: 'model' }] },
    });
  });
});

describe('a provider that is down', () => {
  test('raises one alert that every process shows, cleared by the next answer anywhere', async () => {
    const environment: ModelSettings = {
      providers: { openai: { api_key: 'k', base_url: `${fake.url}/v1` } },
    };
    const one = await serving(environment);
    const two = await serving(environment);
    fake.refuses(401, { message: 'no such key' });
    for (const { call } of [one, two]) await call('POST', '/api/models/check', { model: 'openai/gpt-5' });
    const alerts = async () =>
      (
        await files.owner.query(
          // Those of other tests' providers may still come: they are told in the background.
          `select code, level, message from alerts where cleared_at is null and subject = 'provider:openai'`,
        )
      ).rows;
    await until('an alert', async () => (await alerts()).length > 0);
    expect(await alerts()).toEqual([
      { code: 'provider_down', level: 'warning', message: expect.stringContaining('no such key') },
    ]);
    const three = await serving(environment);
    const health = async () => ((await three.list())['providers'] as { health: unknown }[])[1]?.health;
    expect(await health()).toMatchObject({
      state: 'down',
      error: '401: no such key',
      since: expect.any(String),
    });
    expect(three.models.health.mayTry('openai/gpt-5')).toBe(true);
    fake.clear();
    fake.says('OK', 'OK');
    await three.call('POST', '/api/models/check', { model: 'openai/gpt-5' });
    await until('no alert', async () => (await alerts()).length === 0);
    expect(await health()).toEqual({ state: 'ok', error: null, since: null });
  });
});
