import { expect, test } from 'vitest';
import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createEncryption, ENCRYPTION_TOPIC } from './encryption.ts';
import type { Place } from './envelope.ts';

const rig = testDatabase();

const place = (row_id = newId()): Place => ({ table: 'signing_keys', column: 'private_key', row_id });
const another = () => createEncryption({ database: rig.database, secretKey: rig.secretKey });

async function keyIds(): Promise<string[]> {
  const { rows } = await rig.owner.query<{ id: string }>('select id from encryption_keys order by id');
  return rows.map(({ id }) => id);
}

test('many processes that need the first key at once make one', async () => {
  const processes = Array.from({ length: 20 }, another);
  const at = place();
  const sealed = await Promise.all(processes.map(async (process) => await process.seal('a secret', at)));
  expect(await keyIds()).toHaveLength(1);
  for (const value of sealed) expect((await rig.encryption.open(value, at)).toString()).toBe('a secret');
});

test('a column of sealed values takes nothing else', async () => {
  const insert = async (id: string, value: Buffer) =>
    await rig.owner.query("insert into signing_keys (id, kind, private_key) values ($1, 'cookie', $2)", [
      id,
      value,
    ]);
  const id = newId();
  await insert(id, await rig.encryption.seal('a secret', place(id)));
  await expect(insert(newId(), Buffer.from('a secret in the clear'))).rejects.toMatchObject({
    code: '23503',
  });
  await expect(insert(newId(), Buffer.from('short'))).rejects.toMatchObject({ code: '22P02' });
  await expect(rig.owner.query('delete from encryption_keys')).rejects.toMatchObject({ code: '23503' });
});

test('another SECRET_KEY opens nothing and says so', async () => {
  const at = place();
  const sealed = await rig.encryption.seal('a secret', at);
  const stranger = createEncryption({
    database: rig.database,
    secretKey: 'another key of thirty-two characters',
  });
  const wrong = {
    code: 'encryption.wrong_secret_key',
    message: expect.stringContaining('SECRET_KEY') as string,
  };
  await expect(stranger.open(sealed, at)).rejects.toMatchObject(wrong);
  await expect(stranger.seal('a secret', at)).rejects.toMatchObject(wrong);
  await expect(stranger.prepare()).rejects.toMatchObject(wrong);
  await expect(rig.encryption.prepare()).resolves.toBeUndefined();
});

test('a value whose key is not there is damaged', async () => {
  const at = place();
  const sealed = await rig.encryption.seal('a secret', at);
  sealed[5]! ^= 1;
  await expect(rig.encryption.open(sealed, at)).rejects.toMatchObject({ code: 'encryption.damaged' });
});

test('a hint makes a process look for the key in use', async () => {
  const at = place();
  const before = await rig.encryption.seal('a secret', at);
  await rig.owner.query('update encryption_keys set retired_at = app_now()');
  const same = await rig.encryption.seal('a secret', at);
  expect(same.subarray(1, 17)).toEqual(before.subarray(1, 17));
  rig.signals.publish(ENCRYPTION_TOPIC);
  const after = await rig.encryption.seal('a secret', at);
  expect(after.subarray(1, 17)).not.toEqual(before.subarray(1, 17));
  expect((await rig.encryption.open(before, at)).toString()).toBe('a secret');
});
