import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { countValues, lockValuesSealedBy, replaceValues, type EncryptedColumn } from './column-queries.ts';
import { ENCRYPTION_TOPIC, IN_USE_MS } from './encryption.ts';
import { keyIdOf, openWith, sealWith, type DataKey, type Place } from './envelope.ts';
import { damaged } from './errors.ts';
import { withKeyLock } from './key-lock.ts';
import { deleteRetiredKey, listKeys, replaceKeyInUse, retiredFor } from './queries.ts';
import { unwrap, wrap } from './wrapping.ts';

/** Where a rotation may be interrupted, in order: for tests. */
export type RotationPoint =
  | 'in the new key'
  | 'behind the new key'
  | 'in a batch'
  | 'behind a batch'
  | 'behind the values'
  | 'behind a deletion';

export interface RotationOptions {
  database: Pick<Database, 'asSystem' | 'system' | 'systemConnection'>;
  secretKey: string;
  columns: EncryptedColumn[];
  progress?: (text: string) => void;
  /** For how long a key must be retired before it is deleted, ms. */
  graceMs?: number;
  batchSize?: number;
  reached?: (point: RotationPoint) => void | Promise<void>;
}

export interface RotationResult {
  /** The key in use. */
  key: string;
  /** Whether this finished a rotation that was interrupted, and made no key. */
  resumed: boolean;
  /** How many values were sealed anew, and how many keys deleted. */
  values: number;
  deleted_keys: number;
  /** Values that don't open, left as they were with their key. */
  damaged: Place[];
}

/** Longer than any process seals with a key that was retired. */
const GRACE_MS = IN_USE_MS + 3_000;
const BATCH_SIZE = 100;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Puts a new data key in the place of the one in use, seals every value anew and deletes the old keys. The program may
 * run meanwhile. It may be killed anywhere: every step is one transaction, and the next call goes on from there.
 * @throws AppError 'encryption.busy', 'encryption.wrong_secret_key'
 */
export async function rotateKeys(options: RotationOptions): Promise<RotationResult> {
  return await withKeyLock(options.database, async () => {
    const resumed = await finishRotation(options);
    if (resumed.values + resumed.deleted_keys > 0) return { ...resumed, resumed: true };
    await putNewKey(options);
    return { ...(await finishRotation(options)), resumed: false };
  });
}

async function putNewKey({ database, secretKey, reached }: RotationOptions): Promise<void> {
  const key: DataKey = { id: newId(), bytes: randomBytes(32) };
  await database.asSystem(async (tx) => {
    await replaceKeyInUse(tx.db, { id: key.id, wrapped_key: wrap(secretKey, key) });
    tx.hint(ENCRYPTION_TOPIC);
    await reached?.('in the new key');
  });
  await reached?.('behind the new key');
}

async function finishRotation(options: RotationOptions): Promise<Omit<RotationResult, 'resumed'>> {
  const { database, secretKey, progress } = options;
  const records = await listKeys(database.system);
  const keys = new Map(records.map((record) => [record.id, unwrap(secretKey, record)]));
  const inUse = records.find(({ retired_at }) => retired_at === null);
  const next = inUse && keys.get(inUse.id);
  const retired = records.filter((record) => record !== inUse).map(({ id }) => id);
  const result = { key: next?.id ?? '', values: 0, deleted_keys: 0, damaged: [] as Place[] };
  if (!next || retired.length === 0) return result;

  const pass = async (): Promise<void> => {
    const moved = await sealAnew(options, { keys, retired, next });
    result.values += moved.values;
    result.damaged = moved.damaged;
  };
  await pass();
  progress?.(`${result.values} values sealed anew`);
  const wait = (options.graceMs ?? GRACE_MS) - ((await retiredFor(database.system)) ?? 0);
  if (wait > 0) {
    progress?.(`waiting ${Math.ceil(wait / 1_000)} s, until every process seals with the new key`);
    await delay(wait);
  }
  // What was written with an old key since the first pass.
  await pass();
  await options.reached?.('behind the values');
  for (const id of await unusedOf(options, retired)) {
    if (!(await deletes(options, id))) continue;
    result.deleted_keys++;
    progress?.(`key ${id} deleted`);
    await options.reached?.('behind a deletion');
  }
  return result;
}

async function unusedOf({ database, columns }: RotationOptions, retired: string[]): Promise<string[]> {
  const used = new Set<string>();
  for (const column of columns) {
    for (const { key } of await countValues(database.system, column)) used.add(key);
  }
  return retired.filter((id) => !used.has(id));
}

const FOREIGN_KEY_VIOLATION = '23503';

/** False when a value turned up that needs it after all: the next rotation sees to that. */
async function deletes({ database }: RotationOptions, id: string): Promise<boolean> {
  try {
    await database.asSystem(async ({ db }) => await deleteRetiredKey(db, id));
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === FOREIGN_KEY_VIOLATION) return false;
    throw error;
  }
}

interface Keys {
  keys: Map<string, DataKey>;
  retired: string[];
  next: DataKey;
}

async function sealAnew(
  { database, columns, batchSize = BATCH_SIZE, reached }: RotationOptions,
  { keys, retired, next }: Keys,
): Promise<{ values: number; damaged: Place[] }> {
  let values = 0;
  const brokenValues: Place[] = [];
  for (const column of columns) {
    let after: string | undefined = FIRST_ID;
    while (after !== undefined) {
      const from: string = after;
      const batch = await database.asSystem(async ({ db }) => {
        const found = await lockValuesSealedBy(db, column, { keys: retired, after: from, limit: batchSize });
        const { opened, broken } = openAll(found, column, keys);
        const anew = opened.map(({ place, plaintext }) => ({
          row_id: place.row_id,
          sealed: sealWith(next, plaintext, place),
        }));
        if (anew.length > 0) await replaceValues(db, column, anew);
        await reached?.('in a batch');
        return { last: found.at(-1)?.row_id, values: anew.length, broken };
      });
      values += batch.values;
      brokenValues.push(...batch.broken);
      after = batch.last;
      await reached?.('behind a batch');
    }
  }
  return { values, damaged: brokenValues };
}

function openAll(
  found: { row_id: string; sealed: Buffer }[],
  { table, column }: EncryptedColumn,
  keys: Map<string, DataKey>,
) {
  const opened: { place: Place; plaintext: Buffer }[] = [];
  const broken: Place[] = [];
  for (const { row_id, sealed } of found) {
    const place: Place = { table, column, row_id };
    try {
      const key = keys.get(keyIdOf(sealed, place));
      if (!key) throw damaged(place);
      opened.push({ place, plaintext: openWith(key, sealed, place) });
    } catch {
      broken.push(place);
    }
  }
  return { opened, broken };
}
