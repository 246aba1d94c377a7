import { expect, test } from 'vitest';
import { testDatabase } from '#test/database.ts';
import { featureContext } from '#test/serve-as.ts';
import { loadConfig } from './config.ts';
import { createFeatures } from './features.ts';

const rig = testDatabase();

/** Bytes that are no secret, or the wrapped keys themselves. */
const open = [
  'encryption_keys.next_wrapped_key',
  'encryption_keys.wrapped_key',
  'forgotten_memories.fingerprint',
  'passkeys.public_key',
];

async function columnsOf(query: string): Promise<string[]> {
  const { rows } = await rig.owner.query<{ name: string }>(query);
  return rows.map(({ name }) => name).toSorted();
}

test('every column of bytes is one of sealed values, or known to be none', async () => {
  const bytes = await columnsOf(`
    select table_name || '.' || column_name as name from information_schema.columns
     where table_schema = 'public' and data_type = 'bytea'`);
  const { encrypted } = createFeatures(featureContext(rig), loadConfig({ dataDir: '/tmp' }).config);
  const listed = encrypted.map(({ table, column }) => `${table}.${column}`);
  expect(bytes).toEqual([...open, ...listed].toSorted());
});

test('what the features list is what the database protects', async () => {
  const sealed = await columnsOf(`
    select conrelid::regclass || '.' || regexp_replace(attname, '_sealed_by$', '') as name
      from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
     where contype = 'f' and confrelid = 'encryption_keys'::regclass`);
  const { encrypted } = createFeatures(featureContext(rig), loadConfig({ dataDir: '/tmp' }).config);
  expect(sealed).toEqual(encrypted.map(({ table, column }) => `${table}.${column}`).toSorted());
});
