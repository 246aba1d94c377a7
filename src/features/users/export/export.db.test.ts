import { readdir } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';

import { userScopes } from '#features/auth/index.ts';
import { serve } from '#platform/http/test-server.ts';
import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { fillTables, tablesOf, type Table } from '#test/fill-tables.ts';
import { featureContext } from '#test/serve-as.ts';
import { unzip } from '#test/unzip.ts';
import { until } from '#test/until.ts';
import { usersOptions } from '#test/users-options.ts';
import { usersFeature } from '../feature.ts';
import { selectOwnedTables } from '../queries/export.ts';
import { exportedColumns, exportFiles } from './collect.ts';
import { leftOutColumns, leftOutTables, tableScopes } from './contents.ts';

const files = testDatabase();
const options = usersOptions();

/** What may be a secret, by its name; those that are none. */
const looksSecret = /hash|token|secret|password|code|credential|key|ticket|salt|cookie|sealed/;
const harmless = new Set([
  'memories.key',
  'deliveries.idempotency_key',
  'lanes.key',
  'alerts.key',
  'alerts.code',
]);
const secretTypes = new Set(['text', 'bytea']);

let tables: Table[];
let alice: string;
let bob: string;

async function serving() {
  const { server } = await serve({
    routes: usersFeature(featureContext(files), options).routes!,
    authenticate: async ({ headers }) => {
      const [, user_id = '', scopes = [...userScopes].join(',')] =
        /^Bearer ([^ ]*) ?(.*)?$/.exec(headers.get('authorization') ?? '') ?? [];
      return await Promise.resolve({ user_id, scopes: scopes.split(','), token_id: null, session_id: null });
    },
  });
  return async (caller: string, init: RequestInit = {}) =>
    await fetch(`${server.url}/api/me/export`, { ...init, headers: { authorization: `Bearer ${caller}` } });
}

async function exported(user: string): Promise<Record<string, string>> {
  const answer = await (await serving())(user);
  expect(answer.status).toBe(200);
  return unzip(Buffer.from(await answer.arrayBuffer()));
}

/** Holds back every export at this table until it is called. */
async function holdBack(table: string): Promise<() => Promise<void>> {
  await files.owner.query('begin');
  await files.owner.query(`lock table ${table} in access exclusive mode`);
  return async () => void (await files.owner.query('rollback'));
}

beforeAll(async () => {
  tables = (await tablesOf(files.owner)).filter(
    ({ name }) => !['migrations', 'app_clock', 'file_space'].includes(name),
  );
  alice = (await createUser(files.database.system, { name: 'Alice' })).id;
  bob = (await createUser(files.database.system, { name: 'Bob' })).id;
  await fillTables(files.owner, tables, alice);
  await fillTables(files.owner, tables, bob);
});

describe('an export', () => {
  test('is a zip to be saved, and leaves nothing on the disk', async () => {
    const answer = await (await serving())(alice);
    const body = await answer.arrayBuffer();
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/zip',
      'content-length': String(body.byteLength),
      'content-disposition': expect.stringMatching(/^attachment; filename="famulus-\d{4}-\d\d-\d\d\.zip"$/),
      'cache-control': 'no-store',
    });
    expect(await readdir(options.exports.directory)).toEqual([]);
  });

  test('has how its user wants the web app', async () => {
    const preferences = { color_scheme: 'dark', shortcuts: false };
    await files.owner.query('update users set preferences = $1 where id = $2', [preferences, alice]);
    expect(JSON.parse((await exported(alice))['users.jsonl']!)).toMatchObject({ preferences });
  });

  test('has the rows of every table with any of the user’s, and nobody else’s', async () => {
    const zip = await exported(alice);
    let seen = 0;
    for (const { name, userColumn } of tables) {
      if (userColumn === undefined || name in leftOutTables) continue;
      const { rowCount } = await files.owner.query(`select 1 from ${name} where ${userColumn} = $1`, [alice]);
      const lines = zip[`${name}.jsonl`]?.trimEnd().split('\n');
      expect(lines?.length, name).toBe(rowCount);
      for (const line of lines ?? []) expect(JSON.parse(line), name).toMatchObject({ [userColumn]: alice });
      seen++;
    }
    expect(seen).toBeGreaterThan(12);
    expect(JSON.stringify(zip)).not.toContain(bob);
    expect(JSON.parse(zip['users.jsonl']!)).toMatchObject({
      name: 'Alice',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
  });

  test('says what it is: when it was made, of whom, how much, and what is left out', async () => {
    const zip = await exported(alice);
    const manifest = JSON.parse(zip['manifest.json']!) as { records: Record<string, number> };
    expect(manifest).toMatchObject({
      format: 1,
      user_id: alice,
      complete: true,
      created_at: expect.stringMatching(/Z$/),
      left_out: { tables: leftOutTables, columns: leftOutColumns },
    });
    const names = Object.keys(zip).filter((name) => name.endsWith('.jsonl'));
    expect(Object.keys(manifest.records).map((name) => `${name}.jsonl`)).toEqual(names);
    for (const [name, count] of Object.entries(manifest.records)) {
      expect(zip[`${name}.jsonl`]!.split('\n'), name).toHaveLength(count + 1);
    }
    expect(zip['README.txt']).toContain('manifest.json');
  });

  test('has no secret: none that a column’s name tells of, in any table', async () => {
    const owned = await selectOwnedTables(files.database.system);
    const secrets: string[] = [];
    for (const table of owned) {
      for (const { name, type } of table.columns) {
        const column = `${table.name}.${name}`;
        if (!secretTypes.has(type) || !looksSecret.test(name) || harmless.has(column)) continue;
        secrets.push(column);
        // A sealed value goes on naming its key.
        const canary = type === 'bytea' ? `${name} || 'canary ${column}'::bytea` : `'canary ${column}'`;
        await files.owner.query(`update ${table.name} set ${name} = ${canary} where ${table.owner} = $1`, [
          alice,
        ]);
      }
    }
    expect(secrets).toEqual(
      expect.arrayContaining([
        'accounts.password',
        'api_tokens.token_hash',
        'sessions.token',
        'two_factors.secret',
      ]),
    );
    const zip = await exported(alice);
    // The manifest names what is left out.
    delete zip['manifest.json'];
    expect(JSON.stringify(zip)).not.toContain('canary');
    expect(JSON.stringify(zip)).not.toMatch(/"Buffer\\*"|\\\\x[0-9a-f]{4}/);
  });

  test('leaves out by name nothing that is not there any more', async () => {
    const owned = new Map(
      (await selectOwnedTables(files.database.system)).map((table) => [table.name, table]),
    );
    for (const name of Object.keys(leftOutTables)) expect(owned.has(name), name).toBe(true);
    for (const [name, columns] of Object.entries(leftOutColumns)) {
      const there = owned.get(name)?.columns.map((column) => column.name);
      expect(there, name).toEqual(expect.arrayContaining(Object.keys(columns)));
      expect(exportedColumns(owned.get(name)!)).not.toHaveLength(0);
    }
  });

  test('is of one moment, whatever is written meanwhile', async () => {
    const user = (await createUser(files.database.system)).id;
    const remember = async (key: string) =>
      await files.owner.query(
        `insert into memories (id, user_id, key, value, source) values ($1, $2, $3, 'x', 'user')`,
        [newId(), user, key],
      );
    await remember('before');
    const lines = await files.database.asUser(user, async (tx) => {
      const entries = await exportFiles(
        tx,
        { userId: user, mayRead: () => true, mayReadAll: true },
        () => {},
      );
      await remember('after');
      const content = entries.find(({ name }) => name === 'memories.jsonl')!.content();
      return (await Array.fromAsync(content)).join('');
    });
    expect(lines).toContain('"before"');
    expect(lines).not.toContain('"after"');
  });

  test('has every row of many, of any size', async () => {
    const user = (await createUser(files.database.system)).id;
    await files.owner.query(
      `insert into memories (id, user_id, key, value, source)
       select gen_random_uuid(), $1, 'k' || n, repeat('y', case n % 500 when 0 then 300000 else 10 end), 'user'
       from generate_series(1, 5000) n`,
      [user],
    );
    const { 'memories.jsonl': text = '' } = await exported(user);
    const keys = text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { key: string }).key);
    expect(new Set(keys).size).toBe(5_000);
    expect(keys).toHaveLength(5_000);
  });

  test('has for an API token what its scopes may read, and says that it is not all', async () => {
    const answer = await (await serving())(`${alice} settings:read,memory:read`);
    const zip = unzip(Buffer.from(await answer.arrayBuffer()));
    expect(Object.keys(zip)).toEqual(expect.arrayContaining(['users.jsonl', 'memories.jsonl']));
    for (const name of ['reminders', 'schedules', 'messages', 'threads', 'notifications']) {
      expect(zip).not.toHaveProperty([`${name}.jsonl`]);
    }
    expect(JSON.parse(zip['manifest.json']!)).toMatchObject({
      complete: false,
      left_out: { scopes: { messages: 'chat:read', reminders: 'reminders:read' } },
    });
  });

  test('knows the scope of every table in it', async () => {
    const owned = await selectOwnedTables(files.database.system);
    const exportable = owned.filter((table) => exportedColumns(table).length > 0).map(({ name }) => name);
    expect(Object.keys(tableScopes).toSorted()).toEqual(exportable.toSorted());
    expect(userScopes).toEqual(expect.arrayContaining(Object.values(tableScopes)));
  });

  test('is not made for a HEAD request', async () => {
    const letGo = await holdBack('memories');
    try {
      const answer = await (await serving())(alice, { method: 'HEAD' });
      expect(answer.status).toBe(200);
    } finally {
      await letGo();
    }
  });
});

describe('many exports', () => {
  test('are one at a time of a user, and two of all', async () => {
    const ask = await serving();
    const carol = (await createUser(files.database.system)).id;
    const letGo = await holdBack('memories');
    const first = ask(alice);
    await until('the export waits', async () => (await countWaiting()) === 1);
    const second = await ask(alice);
    expect(second.status).toBe(429);
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await second.json()).toMatchObject({ code: 'users.export_busy' });
    const others = ask(bob);
    await until('both wait', async () => (await countWaiting()) === 2);
    expect((await ask(carol)).status).toBe(429);
    await letGo();
    for (const answer of await Promise.all([first, others])) {
      expect(answer.status).toBe(200);
      await answer.arrayBuffer();
    }
    expect(await until('the next one', async () => (await ask(alice)).status === 200)).toBe(true);
  });

  test('may follow one that its client has left, whenever it left', async () => {
    const ask = await serving();
    const letGo = await holdBack('memories');
    const leaving = new AbortController();
    const left = ask(alice, { signal: leaving.signal }).catch(() => 'left');
    await until('the export waits', async () => (await countWaiting()) === 1);
    leaving.abort();
    expect(await left).toBe('left');
    await letGo();
    const again = await until('another one', async () => {
      const answer = await ask(alice);
      return answer.status === 200 && answer;
    });
    await again.body!.cancel();
    await until('another one', async () => (await ask(alice)).status === 200);
    expect(await readdir(options.exports.directory)).toEqual([]);
  });
});

/** How many exports wait for a lock. */
async function countWaiting(): Promise<number> {
  const { rowCount } = await files.owner.query(
    `select 1 from pg_locks l where not granted and relation = 'memories'::regclass`,
  );
  return rowCount ?? 0;
}
