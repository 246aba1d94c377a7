import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { Database } from '#platform/db/index.ts';
import type { Encryption } from '#platform/encryption/index.ts';
import { newId } from '#platform/ids/index.ts';
import { replaceSigningKey, selectSigningKeys, type SigningKeyRow } from './queries.ts';

/** A key signs for so long, then the next one does. */
const LIFETIME_MS = 30 * 86_400_000;
/** After that it is published for as long as something it signed may hold, and a while more. */
const KEPT_MS = 3_600_000;
/** Other processes retire keys too. */
const FRESH_MS = 60_000;
/** How soon a key that is not known may make us look again. */
const LOOK_AGAIN_MS = 1_000;

/** A public key as it is published (RFC 7517, 8037). */
interface PublicKey {
  kty: 'OKP';
  crv: 'Ed25519';
  x: string;
  kid: string;
  use: 'sig';
  alg: 'EdDSA';
}

/** The Ed25519 keys that sign access tokens: shared by all processes, and replaced every month. */
export interface SigningKeys {
  /** The one that signs now, made when there is none. */
  inUse(): Promise<{ kid: string; key: KeyObject }>;
  /** The public half of a key that may have signed what still holds. */
  find(kid: string): Promise<PublicKey | undefined>;
  /** All of those. */
  published(): Promise<PublicKey[]>;
}

interface Loaded {
  rows: SigningKeyRow[];
  /** On the clock. */
  at: number;
}

const makePair = promisify(generateKeyPair);
const placeOf = (id: string) => ({ table: 'signing_keys', column: 'private_key', row_id: id });
const publicKeyOf = ({ id, public_key }: SigningKeyRow): PublicKey => ({
  kty: 'OKP',
  crv: 'Ed25519',
  x: public_key.x,
  kid: id,
  use: 'sig',
  alg: 'EdDSA',
});

export function createSigningKeys({
  database,
  encryption,
  clock = () => performance.now(),
}: {
  database: Database;
  encryption: Encryption;
  /** Milliseconds that only grow. */
  clock?: () => number;
}): SigningKeys {
  let loaded: Loaded | undefined;
  let loading: Promise<Loaded> | undefined;
  const opened = new Map<string, KeyObject>();

  async function load(): Promise<Loaded> {
    const at = clock();
    const rows = await selectSigningKeys(database.system, { lifetime_ms: LIFETIME_MS, kept_ms: KEPT_MS });
    loaded = { rows, at };
    return loaded;
  }

  async function keys(maxAgeMs: number): Promise<SigningKeyRow[]> {
    if (loaded && clock() - loaded.at < maxAgeMs) return loaded.rows;
    loading ??= load().finally(() => (loading = undefined));
    return (await loading).rows;
  }

  async function makeKey(newest: string | undefined): Promise<void> {
    const { publicKey, privateKey } = await makePair('ed25519');
    const id = newId();
    const { x } = publicKey.export({ format: 'jwk' });
    const secret = privateKey.export({ format: 'der', type: 'pkcs8' });
    const private_key = await encryption.seal(secret, placeOf(id));
    const row = { id, public_key: JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x }), private_key };
    await database.asSystem(async (tx) => await replaceSigningKey(tx.db, row, newest));
  }

  /** With one in use at its head. */
  async function keysToSign(): Promise<SigningKeyRow[]> {
    const rows = await keys(FRESH_MS);
    if (rows[0]?.is_in_use) return rows;
    await makeKey(rows[0]?.id);
    // Ours, or that of a process that was quicker.
    loaded = undefined;
    return await keys(FRESH_MS);
  }

  async function privateKeyOf({ id, private_key }: SigningKeyRow): Promise<KeyObject> {
    const known = opened.get(id);
    if (known) return known;
    const key = await encryption.open(private_key, placeOf(id));
    const made = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
    opened.clear();
    opened.set(id, made);
    return made;
  }

  return {
    inUse: async () => {
      const [row] = await keysToSign();
      if (!row) throw new Error('a signing key that was just made is gone');
      return { kid: row.id, key: await privateKeyOf(row) };
    },
    find: async (kid) => {
      const find = (rows: SigningKeyRow[]) => rows.find(({ id }) => id === kid);
      const row = find(await keys(FRESH_MS)) ?? find(await keys(LOOK_AGAIN_MS));
      return row && publicKeyOf(row);
    },
    published: async () => (await keysToSign()).map(publicKeyOf),
  };
}
