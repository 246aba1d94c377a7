import { describe, expect, test } from 'vitest';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';
import { eventTypes } from './contract.ts';
import { webhooksFeature } from './feature.ts';

const db = testDatabase();

async function person(scopes?: string[]) {
  const { id } = await createUser(db.database.system);
  const feature = webhooksFeature(featureContext(db));
  const call = (await serveAs(feature))(id, scopes && { scopes });
  return { id, call };
}

const hook = { url: 'https://example.com/hook', events: ['reminder.fired'] };

describe('a webhook', () => {
  test('is set up with a secret of its own, which is shown once and stored sealed', async () => {
    const { call } = await person();
    const { status, json } = await call('POST', '/api/webhooks', { ...hook, description: 'n8n' });
    expect(status).toBe(201);
    expect(json).toMatchObject({ ...hook, description: 'n8n', is_active: true, failures: 0 });
    const secret = String(json['secret']);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const shown = await call('GET', `/api/webhooks/${json.id}`);
    expect(shown.status).toBe(200);
    expect(shown.json).not.toHaveProperty('secret');
    expect(JSON.stringify((await call('GET', '/api/webhooks')).json)).not.toContain(secret);
    const { rows } = await db.owner.query<{ secret: Buffer }>('select secret from webhooks where id = $1', [
      json.id,
    ]);
    expect(rows[0]!.secret.toString('latin1')).not.toContain(secret.slice(6, 20));
  });

  test('is changed in part, switched off and on, and deleted', async () => {
    const { call } = await person();
    const { json: made } = await call('POST', '/api/webhooks', hook);
    const path = `/api/webhooks/${made.id}`;
    const changed = await call('PATCH', path, { events: ['*'], description: 'all' });
    expect(changed).toMatchObject({
      status: 200,
      json: { events: ['*'], url: hook.url, description: 'all' },
    });
    expect((await call('PATCH', path, { is_active: false })).json).toMatchObject({
      is_active: false,
      disabled_at: null,
    });
    expect((await call('PATCH', path, { is_active: true })).json).toMatchObject({ is_active: true });
    expect((await call('DELETE', path)).status).toBe(204);
    expect((await call('GET', path)).status).toBe(404);
    expect((await call('DELETE', path)).status).toBe(404);
  });

  test.each([
    [{ ...hook, url: 'ftp://example.com' }, 'url'],
    [{ ...hook, url: 'example.com' }, 'url'],
    [{ ...hook, url: 'https://user:word@example.com/' }, 'url'],
    [{ ...hook, events: [] }, 'events'],
    [{ ...hook, events: ['reminder.fired', 'reminder.fried'] }, 'events.1'],
    [{ ...hook, secret: 'whsec_mine' }, 'secret'],
    [{ url: hook.url }, 'events'],
  ])('%j is refused, naming %s', async (body, path) => {
    const { call } = await person();
    const { status, json } = await call('POST', '/api/webhooks', body);
    expect(status).toBe(422);
    expect(json.errors.map((error) => error.path)).toEqual([path]);
  });

  test('a user has 20 at most, also when they ask for more at once', async () => {
    const { call } = await person();
    const answers = await Promise.all(
      Array.from({ length: 25 }, async () => await call('POST', '/api/webhooks', hook)),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused.every(({ status, json }) => status === 409 && json['code'] === 'webhooks.too_many')).toBe(
      true,
    );
    const pages = await call('GET', '/api/webhooks?limit=15');
    const more = await call('GET', `/api/webhooks?limit=15&cursor=${pages.json.next_cursor}`);
    expect([...pages.json.items, ...more.json.items]).toHaveLength(20);
  });

  test('tells no more than who sets it up may read', async () => {
    const { call } = await person(['settings:read', 'settings:write', 'reminders:read']);
    const { status, json: made } = await call('POST', '/api/webhooks', hook);
    expect(status).toBe(201);
    const path = `/api/webhooks/${made.id}`;
    for (const events of [['message.completed'], ['*'], ['reminder.fired', 'memory.updated']]) {
      expect((await call('POST', '/api/webhooks', { ...hook, events })).status).toBe(403);
      expect((await call('PATCH', path, { events })).status).toBe(403);
    }
    expect((await call('PATCH', path, { description: 'mine' })).status).toBe(200);
  });

  test('of somebody else is not there, whatever is asked of it', async () => {
    const [owner, other] = [await person(), await person()];
    const { json: made } = await owner.call('POST', '/api/webhooks', hook);
    const path = `/api/webhooks/${made.id}`;
    const asked: [string, string, unknown?][] = [
      ['GET', path],
      ['PATCH', path, { is_active: false }],
      ['DELETE', path],
      ['POST', `${path}/rotate-secret`],
      ['POST', `${path}/test`],
      ['GET', `${path}/deliveries`],
      ['POST', `${path}/replay`, { since: '2026-01-01T00:00:00Z' }],
      ['POST', `${path}/deliveries/${made.id}/replay`],
    ];
    for (const [method, where, body] of asked)
      expect([where, (await other.call(method, where, body)).status]).toEqual([where, 404]);
    expect((await other.call('GET', '/api/webhooks')).json.items).toEqual([]);
    expect((await owner.call('GET', path)).json).toMatchObject({ is_active: true });
    for (const table of ['webhooks', 'webhook_progress', 'webhook_deliveries'] as const) {
      const seen = await db.database.asUser(
        other.id,
        async (tx) => await tx.db.selectFrom(table).select('user_id').execute(),
      );
      expect([table, seen]).toEqual([table, []]);
    }
  });

  test('every kind of event can be asked for', async () => {
    const { call } = await person();
    expect((await call('POST', '/api/webhooks', { ...hook, events: [...eventTypes] })).status).toBe(201);
  });
});
