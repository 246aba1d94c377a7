import { randomBytes } from 'node:crypto';
import type { Database } from '#platform/db/index.ts';
import type { Signals } from '#platform/events/signals.ts';
import { newId } from '#platform/ids/index.ts';
import { keyIdOf, openWith, sealWith, type DataKey, type Place } from './envelope.ts';
import { damaged } from './errors.ts';
import { addKey, findKey, findKeyInUse, listKeys, takeNextWrapped, type KeyRecord } from './queries.ts';
import { isWrappedBy, unwrap, wrap } from './wrapping.ts';

/** Seals what must not be readable in a database dump: tokens, passwords, private keys. */
export interface Encryption {
  /**
   * For a column made by `protect_sealed()` in a migration and listed in its feature's manifest. Seal before the
   * transaction that writes it: now and then the key in use is looked up, over a connection of the system pool.
   */
  seal(plaintext: Buffer | string, place: Place): Promise<Buffer>;
  /** @throws AppError 'encryption.damaged', 'encryption.wrong_secret_key' */
  open(sealed: Buffer, place: Place): Promise<Buffer>;
  /**
   * At start: unwraps every key, and finishes a change of SECRET_KEY when this is the new one.
   * @throws AppError 'encryption.wrong_secret_key'
   */
  prepare(): Promise<void>;
}

export interface EncryptionOptions {
  database: Pick<Database, 'system'>;
  secretKey: string;
  /** Tells of a new key in use at once. */
  signals?: Pick<Signals, 'subscribe'>;
}

/** Hinted when another key is in use. */
export const ENCRYPTION_TOPIC = 'encryption';

/** How long a process may go on sealing with a key after another took its place; see `rotateKeys`. */
export const IN_USE_MS = 2_000;

export function createEncryption({ database, secretKey, signals }: EncryptionOptions): Encryption {
  const db = database.system;
  const known = new Map<string, DataKey>();
  let inUse: { key: Promise<DataKey>; until: number } | undefined;

  function unwrapped(record: KeyRecord): DataKey {
    const key = known.get(record.id) ?? unwrap(secretKey, record);
    known.set(key.id, key);
    return key;
  }

  async function lookUpKeyInUse(): Promise<DataKey> {
    const found = await findKeyInUse(db);
    if (found) return unwrapped(found);
    const first: DataKey = { id: newId(), bytes: randomBytes(32) };
    await addKey(db, { id: first.id, wrapped_key: wrap(secretKey, first) });
    return await lookUpKeyInUse();
  }

  async function keyInUse(): Promise<DataKey> {
    if (!inUse || performance.now() > inUse.until) {
      const looked = { key: lookUpKeyInUse(), until: performance.now() + IN_USE_MS };
      inUse = looked;
      looked.key.catch(() => {
        if (inUse === looked) inUse = undefined;
      });
    }
    return await inUse.key;
  }

  async function keyOf(sealed: Buffer, place: Place): Promise<DataKey> {
    const id = keyIdOf(sealed, place);
    const key = known.get(id);
    if (key) return key;
    const record = await findKey(db, id);
    if (!record) throw damaged(place);
    return unwrapped(record);
  }

  signals?.subscribe(ENCRYPTION_TOPIC, () => (inUse = undefined));
  return {
    seal: async (plaintext, place) => sealWith(await keyInUse(), Buffer.from(plaintext), place),
    open: async (sealed, place) => openWith(await keyOf(sealed, place), sealed, place),
    prepare: async () => {
      const records = await listKeys(db);
      for (const record of records) unwrapped(record);
      if (!records.every((record) => isWrappedBy(secretKey, record))) await takeNextWrapped(db);
    },
  };
}
