import { describe, expect, test } from 'vitest';
import { testDatabase } from '#test/database.ts';
import { startFakeMcp, textResult } from '#test/fakes/mcp-server.ts';
import { attachedFake, mcpRig, withoutServers, type RigOptions } from '#test/mcp-rig.ts';

const files = testDatabase();
withoutServers(files);

const attached = async (options?: RigOptions) => await attachedFake(files, options);

describe('attaching', () => {
  test('reads the tools, which ask and are linked to nobody', async () => {
    const { fake, rig, server } = await attached();
    expect(server).toMatchObject({
      name: 'fake',
      status: 'connected',
      error: null,
      tool_count: fake.tools.length,
      changed_count: 0,
      secret_names: ['Authorization'],
    });
    expect(JSON.stringify(server)).not.toContain('a-secret');
    expect(fake.headers.at(-1)?.authorization).toBe('Bearer a-secret');
    const tools = await rig.toolsOf(server);
    expect(tools.map(({ name }) => name)).toContain('fake_add_note');
    expect(tools.find(({ name }) => name === 'fake_echo')).toMatchObject({
      remote_name: 'echo',
      description: 'Says the text again.',
      approval: 'ask',
      is_active: true,
      is_trusted: false,
      annotations: { read_only: true, destructive: false, idempotent: true },
      pending: null,
    });
    const { rows } = await files.owner.query('select from assistant_tools');
    expect(rows).toEqual([]);
  });

  test('is an admin’s, and nobody else’s', async () => {
    const { rig, server, path } = await attached();
    const [tool] = await rig.toolsOf(server);
    const other = rig.as(rig.admin.id);
    for (const [method, at, body] of [
      ['GET', '/api/mcp/servers'],
      ['POST', '/api/mcp/servers', { name: 'x', transport: 'stdio', command: 'sh' }],
      ['GET', path],
      ['PATCH', path, { is_active: false }],
      ['DELETE', path],
      ['POST', `${path}/refresh`],
      ['GET', `${path}/tools`],
      ['PATCH', `${path}/tools/${tool!.id}`, { approval: 'auto' }],
      ['POST', `${path}/tools/${tool!.id}/accept`],
    ] as const) {
      expect((await other(method, at, body)).status, `${method} ${at}`).toBe(403);
    }
  });

  test('one that cannot be reached is attached as failing, and says why', async () => {
    const rig = await mcpRig(files);
    const { status, server } = await rig.attach({
      name: 'nowhere',
      transport: 'http',
      url: 'http://127.0.0.1:4710/mcp',
    });
    expect(status).toBe(201);
    expect(server).toMatchObject({ status: 'failing', tool_count: 0 });
    expect(server.error).toContain('OUTBOUND_ALLOW');
    const { json } = await rig.call('POST', `/api/mcp/servers/${server.id}/refresh`);
    expect(json).toMatchObject({ status: 'failing' });
  });

  test.each([
    ['name', { transport: 'http', url: 'https://x.test/mcp', name: '1 bad' }],
    ['url', { transport: 'http', name: 'x', url: 'ftp://x.test' }],
    ['url', { transport: 'http', name: 'x', url: 'https://u:p@x.test' }],
    ['headers', { transport: 'http', name: 'x', url: 'https://x.test', headers: { 'a b': 'c' } }],
    ['headers', { transport: 'http', name: 'x', url: 'https://x.test', headers: { Host: 'y.test' } }],
    ['headers', { transport: 'http', name: 'x', url: 'https://x.test', headers: { A: 'b\r\nC: d' } }],
    ['command', { transport: 'stdio', name: 'x' }],
    ['env', { transport: 'stdio', name: 'x', command: 'sh', env: { 'A=B': 'c' } }],
    ['url', { transport: 'stdio', name: 'x', command: 'sh', url: 'https://x.test' }],
    ['transport', { transport: 'sse', name: 'x', url: 'https://x.test' }],
  ])('refuses what is wrong with %s', async (field, body) => {
    const rig = await mcpRig(files);
    const { status, json } = await rig.call('POST', '/api/mcp/servers', body);
    expect(status).toBe(422);
    expect(json.errors.map(({ path }) => path).join(' ')).toContain(field);
  });

  test('a name is there once, whatever its letters', async () => {
    const { rig, server } = await attached();
    const again = await rig.call('POST', '/api/mcp/servers', {
      name: 'FAKE',
      transport: 'stdio',
      command: 'nothing-of-this-name',
    });
    expect(again.status).toBe(409);
    const other = await rig.attach({ name: 'other', transport: 'stdio', command: 'nothing-of-this-name' });
    expect(other.server.error).toContain('There is no program nothing-of-this-name');
    const renamed = await rig.call('PATCH', `/api/mcp/servers/${other.server.id}`, { name: server.name });
    expect(renamed.status).toBe(409);
  });

  test('secrets are sealed, kept by a change of something else, and replaced as a whole', async () => {
    const { fake, rig, path } = await attached();
    const stored = async () => (await files.owner.query('select secrets::text from mcp_servers')).rows;
    expect(JSON.stringify(await stored())).not.toContain(Buffer.from('a-secret').toString('hex'));
    await rig.call('PATCH', path, { timeout_s: 5 });
    await rig.call('POST', `${path}/refresh`);
    expect(fake.headers.at(-1)?.authorization).toBe('Bearer a-secret');
    const { json } = await rig.call('PATCH', path, { headers: { 'X-Key': 'other' } });
    expect(json).toMatchObject({ secret_names: ['X-Key'], status: 'connected' });
    expect(fake.headers.at(-1)).toMatchObject({ 'x-key': 'other' });
    expect(fake.headers.at(-1)?.authorization).toBeUndefined();
    expect((await rig.call('PATCH', path, { command: 'sh' })).status).toBe(422);
  });
});

test('names are whole, unique among everybody’s, and never those of built-in tools', async () => {
  await using fake = await startFakeMcp();
  const rig = await mcpRig(files, { allow: [fake.host] });
  await files.owner.query(
    `insert into tools (id, user_id, name, tool_type) values (gen_random_uuid(), $1, 'sub_taken', 'http')`,
    [rig.admin.id],
  );
  const run = () => textResult('');
  const names = ['assistant', 'taken', 'a.b', 'a/b', '日本', 'x'.repeat(100), `${'x'.repeat(100)}y`];
  fake.tools.splice(0, fake.tools.length, ...names.map((name) => ({ name, run })));
  const { server } = await rig.attach({ name: 'sub', transport: 'http', url: fake.url });
  const shown = await rig.toolsOf(server);
  expect(shown.map(({ remote_name }) => remote_name)).toEqual(names);
  expect(shown.map(({ name }) => name)).toEqual([
    'sub_assistant_2',
    'sub_taken_2',
    'sub_a_b',
    'sub_a_b_2',
    'sub_tool',
    `sub_${'x'.repeat(60)}`,
    `sub_${'x'.repeat(58)}_2`,
  ]);
});

test('descriptions are cut and without what nobody sees; schemas that are too large are not offered', async () => {
  await using fake = await startFakeMcp();
  const rig = await mcpRig(files, { allow: [fake.host] });
  const run = () => textResult('');
  const properties = Object.fromEntries(
    Array.from({ length: 500 }, (_, n) => [`field_${n}`, { type: 'string', description: 'x'.repeat(50) }]),
  );
  fake.tools.splice(
    0,
    fake.tools.length,
    { name: 'long', description: 'word '.repeat(1_000), run },
    { name: 'hidden', description: `visible\u200b\u0000\u{e0041}\u{e0042} end`, run },
    { name: 'large', description: 'Large.', inputSchema: { type: 'object', properties }, run },
  );
  const { server } = await rig.attach({ name: 'odd', transport: 'http', url: fake.url });
  const [long, hidden, large] = await rig.toolsOf(server);
  expect(long!.description).toHaveLength(600);
  expect(hidden!.description).toBe('visible end');
  expect(large).toMatchObject({ is_active: false, problem: expect.stringContaining('bytes') as string });
  expect(server.tool_count).toBe(2);
});
