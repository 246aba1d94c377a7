import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { tablesWith } from '#test/find-in-database.ts';

const rig = testDatabase();
const canary = 'CANARYsecret0123456789abcdefghij';

/** All rows as a dump has them: by PostgreSQL's own program where it is installed and fits the server, else by SQL. */
async function dump(): Promise<string> {
  const { host, port, user, password, database } = rig.connection;
  const args = ['--host', host, '--port', String(port), '--username', user, database];
  const env = { ...process.env, ...(password !== undefined && { PGPASSWORD: password }) };
  if (spawnSync('pg_dump', ['--schema-only', ...args], { env }).status !== 0) return await allRows();
  return execFileSync('pg_dump', args, { env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}

async function allRows(): Promise<string> {
  const { rows } = await rig.owner.query<{ xml: string }>(
    `select schema_to_xml('public', true, false, '')::text as xml`,
  );
  // Bytes are base64 there, in lines.
  return rows[0]!.xml.replaceAll('\n', '');
}

async function store(value: Buffer | undefined): Promise<string> {
  const row_id = newId();
  const sealed = value ?? (await rig.encryption.seal(canary, { ...column, row_id }));
  await rig.owner.query("insert into signing_keys (id, kind, private_key) values ($1, 'cookie', $2)", [
    row_id,
    sealed,
  ]);
  return row_id;
}
const column = { table: 'signing_keys', column: 'private_key' };

test('a sealed secret stands nowhere in the database', async () => {
  const row_id = await store(undefined);
  expect(await tablesWith(rig.owner, canary)).toEqual([]);
  expect(await tablesWith(rig.owner, row_id)).toEqual(['signing_keys']);
});

test('nor in a dump of it', async () => {
  const row_id = await store(undefined);
  const text = await dump();
  expect(text).toContain(row_id);
  const bytes = Buffer.from(canary);
  for (const form of [canary, bytes.toString('hex'), bytes.toString('base64').slice(0, 40)]) {
    expect(text).not.toContain(form);
  }
});

test('one that is not sealed would be seen, as text and as bytes', async () => {
  const { rows } = await rig.owner.query<{ id: string }>('select id from encryption_keys');
  const key = rows[0]!.id.replaceAll('-', '');
  await store(Buffer.concat([Buffer.from(`01${key}`, 'hex'), Buffer.from(canary)]));
  await rig.owner.query(`insert into settings (key, value) values ('x', to_jsonb($1::text))`, [
    `"${canary}"`,
  ]);
  expect(await tablesWith(rig.owner, canary)).toEqual(['settings', 'signing_keys']);
});
