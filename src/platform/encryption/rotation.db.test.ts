import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createEncryption } from './encryption.ts';
import type { Place } from './envelope.ts';
import { rotateKeys, type RotationOptions, type RotationPoint } from './rotation.ts';
import type { TestRotation } from './test-rotation.ts';

const rig = testDatabase();
const column = { table: 'signing_keys', column: 'private_key' };
const place = (row_id: string): Place => ({ ...column, row_id });
/** More than two batches of ten. */
const ROWS = 25;

/** A process's view, with nothing remembered. */
const fresh = () => createEncryption({ database: rig.database, secretKey: rig.secretKey });

async function rotate(options: Partial<RotationOptions> = {}) {
  const { database, secretKey } = rig;
  return await rotateKeys({ database, secretKey, columns: [column], graceMs: 0, batchSize: 10, ...options });
}

async function insert(row_id: string, sealed: Buffer): Promise<void> {
  await rig.owner.query("insert into signing_keys (id, kind, private_key) values ($1, 'cookie', $2)", [
    row_id,
    sealed,
  ]);
}

async function keys(): Promise<{ id: string; retired: boolean; values: number }[]> {
  const { rows } = await rig.owner.query<{ id: string; retired: boolean; values: number }>(`
    select id, retired_at is not null as retired,
           (select count(*) from signing_keys where private_key_sealed_by = k.id) as values
      from encryption_keys k order by id`);
  return rows;
}

async function expectAllReadable(count = ROWS): Promise<void> {
  const { rows } = await rig.owner.query<{ id: string; private_key: Buffer }>('select * from signing_keys');
  expect(rows).toHaveLength(count);
  const encryption = fresh();
  for (const { id, private_key } of rows) {
    expect((await encryption.open(private_key, place(id))).toString()).toBe(`secret of ${id}`);
  }
}

beforeEach(async () => {
  await rig.owner.query('delete from signing_keys; delete from encryption_keys');
  const encryption = fresh();
  for (let row = 0; row < ROWS; row++) {
    const id = newId();
    await insert(id, await encryption.seal(`secret of ${id}`, place(id)));
  }
});

test('a rotation seals every value with a new key and deletes the old one', async () => {
  const [before] = await keys();
  const result = await rotate();
  const after = await keys();
  expect(after).toEqual([{ id: result.key, retired: false, values: ROWS }]);
  expect(result).toMatchObject({ resumed: false, values: ROWS, deleted_keys: 1, damaged: [] });
  expect(result.key).not.toBe(before?.id);
  await expectAllReadable();
});

describe('killed', () => {
  const points: [RotationPoint, number][] = [
    ['in the new key', 1],
    ['behind the new key', 1],
    ['in a batch', 1],
    ['behind a batch', 1],
    ['in a batch', 2],
    ['behind a batch', 2],
    ['behind the values', 1],
    ['behind a deletion', 1],
  ];
  test.each(points)('%s (%i), the next rotation finishes', async (point, times) => {
    const { connection, roles, secretKey } = rig;
    const about: TestRotation = { connection, roles, secretKey, columns: [column], point, times };
    const program = join(import.meta.dirname, 'test-rotation.ts');
    const child = spawn(process.execPath, [program, JSON.stringify(about)], { stdio: 'inherit' });
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');
    const left = await keys();
    await expectAllReadable();
    const result = await rotate();
    expect(await keys()).toEqual([{ id: result.key, retired: false, values: ROWS }]);
    // With an unfinished one there was no need for one more key.
    expect(result.resumed).toBe(left.some(({ retired }) => retired));
    await expectAllReadable();
  });
});

test('of two at once one is refused', async () => {
  const both = await Promise.allSettled([rotate(), rotate()]);
  const refused = both.filter(({ status }) => status === 'rejected');
  expect(refused).toMatchObject([{ reason: { code: 'encryption.busy' } }]);
  expect(await keys()).toMatchObject([{ retired: false, values: ROWS }]);
  await expectAllReadable();
});

test('a process that still seals with the old key is met by the last pass', async () => {
  const late = fresh();
  const id = newId();
  const sealed = await late.seal(`secret of ${id}`, place(id));
  let inserting: Promise<void> | undefined;
  const result = await rotate({
    graceMs: 200,
    progress: (text) => {
      if (text.startsWith('waiting')) inserting = insert(id, sealed);
    },
  });
  await inserting;
  expect(result.values).toBe(ROWS + 1);
  expect(await keys()).toEqual([{ id: result.key, retired: false, values: ROWS + 1 }]);
  await expectAllReadable(ROWS + 1);
});

test('a value written too late is refused, or keeps its key: it is never lost', async () => {
  const id = newId();
  const sealed = await fresh().seal(`secret of ${id}`, place(id));
  // Between the last pass and the deletion, in a transaction that has not committed when the key is to be deleted.
  await rig.owner.query('begin');
  const inserted = Promise.withResolvers<void>();
  const rotating = rotate({
    reached: async (point) => {
      if (point !== 'behind the values') return;
      await insert(id, sealed);
      inserted.resolve();
    },
  });
  await inserted.promise;
  await rig.owner.query('commit');
  expect((await rotating).deleted_keys).toBe(0);
  await expectAllReadable(ROWS + 1);
  expect(await rotate()).toMatchObject({ resumed: true, values: 1, deleted_keys: 1 });
  await expect(insert(newId(), sealed)).rejects.toMatchObject({ code: '23503' });
  await expectAllReadable(ROWS + 1);
});

test('a damaged value is told and left, and hinders neither this rotation nor the next', async () => {
  const { rows } = await rig.owner.query<{ id: string }>(
    `update signing_keys set private_key = set_byte(private_key, 50, get_byte(private_key, 50) # 1)
      where id = (select id from signing_keys order by id limit 1) returning id`,
  );
  const broken = [place(rows[0]!.id)];
  expect(await rotate()).toMatchObject({ values: ROWS - 1, deleted_keys: 0, damaged: broken });
  const second = await rotate();
  expect(second).toMatchObject({ resumed: false, values: ROWS - 1, deleted_keys: 1, damaged: broken });
  await rig.owner.query('delete from signing_keys where id = $1', [rows[0]!.id]);
  expect(await rotate()).toMatchObject({ resumed: true, values: 0, deleted_keys: 1, damaged: [] });
  await expectAllReadable(ROWS - 1);
});

test('without a key there is one afterwards', async () => {
  await rig.owner.query('delete from signing_keys; delete from encryption_keys');
  const { key } = await rotate();
  expect(await keys()).toEqual([{ id: key, retired: false, values: 0 }]);
});

test('another SECRET_KEY changes nothing', async () => {
  const before = await keys();
  await expect(rotate({ secretKey: 'another key of thirty-two characters' })).rejects.toMatchObject({
    code: 'encryption.wrong_secret_key',
  });
  expect(await keys()).toEqual(before);
});
