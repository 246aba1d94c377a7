import { createHmac, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';

import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createAccessTokens } from './access-tokens.ts';
import { createSigningKeys, type SigningKeys } from './signing-keys.ts';

const files = testDatabase();
const of = { user_id: newId(), session_id: newId() };
const TEN_MINUTES_S = 600;

let keys: SigningKeys;
let kid: string;
let key: KeyObject;
beforeAll(async () => {
  keys = createSigningKeys(files);
  ({ kid, key } = await keys.inUse());
});

const tokens = (now?: () => number) =>
  createAccessTokens({ keys, issuer: 'https://famulus.test', ...(now && { now }) });

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const read = (token: string, index: number) =>
  JSON.parse(Buffer.from(token.split('.')[index]!, 'base64url').toString()) as Record<string, unknown>;

/** A token as we make them, but for what is said otherwise; undefined leaves a member out. */
function forge(
  { header = {}, claims = {} }: { header?: object; claims?: object },
  signer: (text: string) => Buffer = (text) => sign(null, Buffer.from(text), key),
): string {
  const now = Math.floor(Date.now() / 1_000);
  const text = [
    part({ alg: 'EdDSA', typ: 'at+jwt', kid, ...header }),
    part({
      iss: 'https://famulus.test',
      aud: 'famulus-api',
      sub: of.user_id,
      sid: of.session_id,
      jti: newId(),
      iat: now,
      exp: now + TEN_MINUTES_S,
      ...claims,
    }),
  ].join('.');
  return `${text}.${signer(text).toString('base64url')}`;
}

describe('an access token', () => {
  test('says whose it is, for ten minutes at most', async () => {
    const { access_token, expires_in } = await tokens().issue(of);
    expect(expires_in).toBe(TEN_MINUTES_S);
    expect(read(access_token, 0)).toEqual({ alg: 'EdDSA', typ: 'at+jwt', kid });
    const claims = read(access_token, 1);
    expect(claims).toEqual({
      iss: 'https://famulus.test',
      aud: 'famulus-api',
      sub: of.user_id,
      sid: of.session_id,
      jti: expect.any(String) as string,
      iat: expect.any(Number) as number,
      exp: (claims['iat'] as number) + TEN_MINUTES_S,
    });
    expect(await tokens().verify(access_token)).toMatchObject(of);
  });

  test('is none any more when its time is over', async () => {
    const { access_token } = await tokens().issue(of);
    const begun = Date.now();
    expect(await tokens(() => begun + 590_000).verify(access_token)).toMatchObject(of);
    expect(await tokens(() => begun + 606_000).verify(access_token)).toBeUndefined();
  });

  test('that is forged by the same key, as it should be, would be taken', async () => {
    expect(await tokens().verify(forge({}))).toMatchObject(of);
  });

  const past = Math.floor(Date.now() / 1_000) - 3_600;
  test.each<[string, Parameters<typeof forge>[0]]>([
    ['expired', { claims: { iat: past, exp: past + TEN_MINUTES_S } }],
    ['that holds for a day', { claims: { iat: past, exp: past + 86_400 } }],
    ['without an end', { claims: { exp: undefined } }],
    ['of another audience', { claims: { aud: 'another-api' } }],
    ['without an audience', { claims: { aud: undefined } }],
    ['of another issuer', { claims: { iss: 'https://evil.test' } }],
    ['without an issuer', { claims: { iss: undefined } }],
    ['of nobody', { claims: { sub: undefined } }],
    ['of no session', { claims: { sid: undefined } }],
    ['whose session is no text', { claims: { sid: 5 } }],
    ['not valid before tomorrow', { claims: { nbf: past + 86_400 } }],
    ['of another type', { header: { typ: 'JWT' } }],
    ['with an extension that must be understood', { header: { crit: ['exp2'], exp2: 1 } }],
    ['of an unknown key', { header: { kid: newId() } }],
    ['without a key', { header: { kid: undefined } }],
  ])('%s is refused', async (_, wrong) => {
    expect(await tokens().verify(forge(wrong))).toBeUndefined();
  });

  test.each(['none', 'None', 'NONE'])('with the algorithm %s is refused', async (alg) => {
    expect(await tokens().verify(forge({ header: { alg } }))).toBeUndefined();
    expect(await tokens().verify(forge({ header: { alg } }, () => Buffer.of()))).toBeUndefined();
  });

  test('with the public key as the secret of an HMAC is refused', async () => {
    const published = createPublicKey(key);
    const secrets = [
      published.export({ format: 'pem', type: 'spki' }),
      published.export({ format: 'der', type: 'spki' }),
      Buffer.from(published.export({ format: 'jwk' }).x!, 'base64url'),
    ];
    for (const secret of secrets) {
      const signer = (text: string) => createHmac('sha256', secret).update(text).digest();
      expect(await tokens().verify(forge({ header: { alg: 'HS256' } }, signer))).toBeUndefined();
      expect(await tokens().verify(forge({}, signer))).toBeUndefined();
    }
  });

  test('that brings its own key is refused', async () => {
    const own = generateKeyPairSync('ed25519');
    const jwk = own.publicKey.export({ format: 'jwk' });
    const signer = (text: string) => sign(null, Buffer.from(text), own.privateKey);
    for (const header of [{ jwk }, { jwk, kid: undefined }, { jku: 'http://127.0.0.1:1/jwks' }]) {
      expect(await tokens().verify(forge({ header }, signer))).toBeUndefined();
    }
  });

  test('with a changed letter, or that is no token at all, is refused', async () => {
    const { access_token } = await tokens().issue(of);
    const [header, claims, signature] = access_token.split('.') as [string, string, string];
    const other = part({ ...read(access_token, 1), sub: newId() });
    const wrong = ['', 'a', 'a.b.c', `${header}.${other}.${signature}`, `${header}.${claims}.`];
    for (const token of [...wrong, `${access_token}.`, ` ${access_token}`, 'x'.repeat(100_000)]) {
      expect(await tokens().verify(token)).toBeUndefined();
    }
  });

  test('whose last letter is changed in bits that say nothing is refused', async () => {
    const { access_token } = await tokens().issue(of);
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = letters.indexOf(access_token.at(-1)!);
    for (const bits of [1, 2, 4, 8]) {
      const changed = access_token.slice(0, -1) + letters[last ^ bits]!;
      expect(await tokens().verify(changed)).toBeUndefined();
    }
  });
});

describe('signing keys', () => {
  const DAY_MS = 86_400_000;

  test('are sealed at rest, and published without what signs', async () => {
    const { rows } = await files.owner.query<{ private_key: Buffer }>(
      'select private_key from signing_keys where id = $1',
      [kid],
    );
    const secret = key.export({ format: 'jwk' }).d!;
    expect(rows[0]!.private_key.includes(Buffer.from(secret, 'base64url'))).toBe(false);
    const published = await keys.published();
    expect(published).toEqual([
      { kty: 'OKP', crv: 'Ed25519', x: expect.any(String) as string, kid, use: 'sig', alg: 'EdDSA' },
    ]);
    expect(JSON.stringify(published)).not.toContain(secret);
  });

  test('are one for all processes, be they as many at once as they like', async () => {
    await files.owner.query(`delete from signing_keys where kind = 'access_token'`);
    const found = await Promise.all(
      Array.from({ length: 8 }, async () => (await createSigningKeys(files).inUse()).kid),
    );
    expect(new Set(found).size).toBe(1);
    const { rowCount } = await files.owner.query(`select from signing_keys where kind = 'access_token'`);
    expect(rowCount).toBe(1);
  });

  test('are replaced after a month; what the last one signed holds on, and then it is gone from the JWKS', async () => {
    try {
      const before = (await createSigningKeys(files).inUse()).kid;
      await files.moveClock(29 * DAY_MS);
      expect((await createSigningKeys(files).inUse()).kid).toBe(before);
      await files.moveClock(31 * DAY_MS);
      const later = createSigningKeys(files);
      const { kid: after } = await later.inUse();
      expect(after).not.toBe(before);
      expect(await later.find(before)).toMatchObject({ kid: before });
      expect((await later.published()).map((one) => one.kid)).toEqual([after, before]);
      await files.moveClock(31 * DAY_MS + 2 * 3_600_000);
      const published = await createSigningKeys(files).published();
      expect(published.map((one) => one.kid)).toEqual([after]);
    } finally {
      await files.moveClock(0);
    }
  });

  test('of another process are found when a token names them', async () => {
    let now = 0;
    const here = createSigningKeys({
      database: files.database,
      encryption: files.encryption,
      clock: () => now,
    });
    await here.published();
    await files.owner.query(`delete from signing_keys where kind = 'access_token'`);
    const there = createSigningKeys(files);
    const { kid: made } = await there.inUse();
    now = 500;
    expect(await here.find(made)).toBeUndefined();
    now = 1_000;
    expect(await here.find(made)).toMatchObject({ kid: made });
  });
});
