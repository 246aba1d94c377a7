import { describe, expect, test } from 'vitest';
import { newApiToken } from '#platform/crypto/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Caller } from '#platform/http/route.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { insertSession } from './queries/sessions.ts';
import { endOfAccessToken, selectStillHolding } from './still-holds.ts';
import { insertToken } from './tokens/queries.ts';
import { userScopes } from './tokens/scopes.ts';

const files = testDatabase();
const later = () => new Date(Date.now() + 60_000);

async function byToken(scopes = ['chat:read'], expires_at: Date | null = null): Promise<Caller> {
  const db = files.database.system;
  const user_id = (await createUser(db)).id;
  const { hash: token_hash } = newApiToken();
  const { id } = await insertToken(db, {
    id: newId(),
    user_id,
    token_hash,
    name: 'test',
    scopes,
    expires_at,
  });
  return { user_id, scopes, token_id: id, session_id: null };
}

async function bySession(more: string[] = []): Promise<Caller> {
  const db = files.database.system;
  const user_id = (await createUser(db)).id;
  const row = { id: newId(), user_id, session_metadata: '{}', device_info: '{}' };
  const { id } = await insertSession(db, row, 60_000);
  return { user_id, scopes: [...userScopes, ...more], token_id: null, session_id: id };
}

const holding = async (callers: Caller[]) => await selectStillHolding(files.database.system, callers);
const sql = async (text: string, values: unknown[]) => void (await files.owner.query(text, values));

describe('what opened a stream', () => {
  test('holds while nothing happens', async () => {
    const callers = [await byToken(), await byToken([], later()), await bySession()];
    expect(await holding(callers)).toEqual(new Set(callers));
    expect(await holding([])).toEqual(new Set());
  });

  test.each<[string, () => Promise<Caller>, (caller: Caller) => Promise<void>]>([
    [
      'a token that is revoked',
      byToken,
      async ({ token_id }) => await sql('delete from api_tokens where id = $1', [token_id]),
    ],
    [
      'a token that has lost a scope',
      byToken,
      async ({ token_id }) => await sql(`update api_tokens set scopes = '{}' where id = $1`, [token_id]),
    ],
    [
      'a token whose user is disabled',
      byToken,
      async ({ user_id }) => await sql('update users set is_active = false where id = $1', [user_id]),
    ],
    [
      'a token whose user is deleted',
      byToken,
      async ({ user_id }) => await sql('delete from users where id = $1', [user_id]),
    ],
    [
      'a session that was ended',
      bySession,
      async ({ session_id }) => await sql('delete from sessions where id = $1', [session_id]),
    ],
    [
      'a session that failed',
      bySession,
      async ({ session_id }) => await sql(`update sessions set status = 'error' where id = $1`, [session_id]),
    ],
    [
      'a session whose user is disabled',
      bySession,
      async ({ user_id }) => await sql('update users set is_active = false where id = $1', [user_id]),
    ],
    [
      'a session of an admin who is none any more',
      async () => await bySession(['system:admin']),
      async () => {},
    ],
    ['nothing at all', async () => ({ ...(await byToken()), token_id: null }), async () => {}],
  ])('holds no more: %s', async (_, make, happens) => {
    const caller = await make();
    const other = await byToken();
    await happens(caller);
    expect(await holding([caller, other])).toEqual(new Set([other]));
  });

  test('ends by the clock', async () => {
    const callers = [await byToken([], later()), await bySession()];
    await files.moveClock(61_000);
    try {
      expect(await holding(callers)).toEqual(new Set());
    } finally {
      await files.moveClock(0);
    }
  });

  test('is an admin’s as long as they are one', async () => {
    const caller = await bySession(['system:admin']);
    await sql(`update users set role = 'admin' where id = $1`, [caller.user_id]);
    expect(await holding([caller])).toEqual(new Set([caller]));
  });
});

test('an access token says when it ends', () => {
  const claims = Buffer.from(JSON.stringify({ exp: 1_700_000_000 })).toString('base64url');
  const end = (authorization: string) => endOfAccessToken(new Headers({ authorization }));
  expect(end(`Bearer aa.${claims}.cc`)).toBe(1_700_000_000_000);
  expect(end('Bearer fam_x')).toBeUndefined();
  expect(endOfAccessToken(new Headers())).toBeUndefined();
});
