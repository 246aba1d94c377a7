import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { prepareSecretKeyChange } from './change-secret.ts';
import { createEncryption } from './encryption.ts';
import { forgetLostKeys } from './forget.ts';
import { rotateKeys } from './rotation.ts';
import { keysStatus } from './status.ts';

const rig = testDatabase();
const columns = [{ table: 'signing_keys', column: 'private_key' }];
const next = 'the next secret key of thirty-two characters';
const place = { table: 'signing_keys', column: 'private_key', row_id: newId() };
const wrong = { code: 'encryption.wrong_secret_key' };

/** A start with this SECRET_KEY; what it reads. */
async function start(secretKey: string): Promise<string> {
  const encryption = createEncryption({ database: rig.database, secretKey });
  await encryption.prepare();
  const { rows } = await rig.owner.query<{ private_key: Buffer }>('select private_key from signing_keys');
  return (await encryption.open(rows[0]!.private_key, place)).toString();
}

async function change(from = rig.secretKey, to = next): Promise<number> {
  return await prepareSecretKeyChange({ database: rig.database, secretKey: from, nextSecretKey: to });
}

beforeEach(async () => {
  await rig.owner.query('delete from signing_keys; delete from encryption_keys');
  const sealed = await createEncryption(rig).seal('a secret', place);
  await rig.owner.query("insert into signing_keys (id, kind, private_key) values ($1, 'cookie', $2)", [
    place.row_id,
    sealed,
  ]);
});

describe('a change of SECRET_KEY', () => {
  test('leaves both working until the first start with the next', async () => {
    expect(await change()).toBe(1);
    expect(await start(rig.secretKey)).toBe('a secret');
    expect(await keysStatus(rig.database, columns)).toMatchObject({ secret_key_change_prepared: true });
    expect(await start(next)).toBe('a secret');
    expect(await keysStatus(rig.database, columns)).toMatchObject({ secret_key_change_prepared: false });
    await expect(start(rig.secretKey)).rejects.toMatchObject(wrong);
    expect(await start(next)).toBe('a secret');
  });

  test('takes every key along, those of an unfinished rotation too', async () => {
    await rotateKeys({
      database: rig.database,
      secretKey: rig.secretKey,
      columns: [],
      graceMs: 0,
    }).catch(() => {});
    expect((await keysStatus(rig.database, columns)).keys).toHaveLength(2);
    expect(await change()).toBe(2);
    expect(await start(next)).toBe('a secret');
    await expect(start(rig.secretKey)).rejects.toMatchObject(wrong);
  });

  test('that is prepared twice counts as the last time', async () => {
    await change(rig.secretKey, 'a key that was never used, of 32 characters');
    await change();
    await expect(start('a key that was never used, of 32 characters')).rejects.toMatchObject(wrong);
    expect(await start(next)).toBe('a secret');
  });

  test('is given up by a rotation, whose key the next would not open', async () => {
    await change();
    await rotateKeys({ database: rig.database, secretKey: rig.secretKey, columns, graceMs: 0 });
    await expect(start(next)).rejects.toMatchObject(wrong);
    expect(await start(rig.secretKey)).toBe('a secret');
  });

  test('needs the present one', async () => {
    await expect(change('not the present key, of 32 characters')).rejects.toMatchObject(wrong);
    expect(await start(rig.secretKey)).toBe('a secret');
  });
});

describe('with SECRET_KEY lost', () => {
  test('what it encrypted can be given up, and a new key is made', async () => {
    await expect(start(next)).rejects.toMatchObject(wrong);
    const forget = { database: rig.database, secretKey: next, columns };
    expect(await forgetLostKeys(forget)).toEqual({ keys: 1, values: 1 });
    const encryption = createEncryption({ database: rig.database, secretKey: next });
    await encryption.prepare();
    const sealed = await encryption.seal('anew', place);
    expect((await encryption.open(sealed, place)).toString()).toBe('anew');
  });

  test('what opens stays', async () => {
    const forget = { database: rig.database, secretKey: rig.secretKey, columns };
    expect(await forgetLostKeys(forget)).toEqual({ keys: 0, values: 0 });
    expect(await start(rig.secretKey)).toBe('a secret');
  });
});

test('the status counts values by key and column', async () => {
  const before = (await keysStatus(rig.database, columns)).keys;
  expect(before).toMatchObject([{ state: 'in_use', values: { 'signing_keys.private_key': 1 } }]);
  await rotateKeys({ database: rig.database, secretKey: rig.secretKey, columns, graceMs: 0 });
  const [key, ...others] = (await keysStatus(rig.database, columns)).keys;
  expect(others).toEqual([]);
  expect(key).toMatchObject({ state: 'in_use', values: { 'signing_keys.private_key': 1 } });
  expect(key?.id).not.toBe(before[0]?.id);
});
