import { afterAll, beforeAll, expect, test } from 'vitest';

import { hashToken } from '#platform/crypto/index.ts';
import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { explaining, type Explaining } from '#test/query-plans.ts';
import { rotateRefreshToken, selectRefreshToken } from './access/queries.ts';
import { hasAdmin } from './joining/queries/links.ts';
import { selectSignInUser } from './queries/accounts.ts';
import { selectLiveSession, touchSessionRow } from './queries/sessions.ts';
import { selectLiveToken, touchToken } from './tokens/queries.ts';

/* What runs for every sign-in and for credentials that no cache knows, over many of each: every row by its index. */

const files = testDatabase();
const COUNT = 20_000;
let system: Explaining;

beforeAll(async () => {
  // With the hash of a number for each token.
  await files.owner.query(`
    set session_replication_role = replica;
    insert into users (id, name, email)
      select gen_random_uuid(), 'user ' || n, n || '@example.test' from generate_series(1, ${COUNT}) n;
    insert into accounts (id, user_id, provider_id, account_id, password)
      select gen_random_uuid(), id, 'credential', id::text, 'x' from users;
    insert into sessions (id, user_id, token, expires_at)
      select gen_random_uuid(), id, email, now() + interval '1 day' from users;
    insert into api_tokens (id, user_id, token_hash, name, scopes)
      select gen_random_uuid(), id, encode(sha256(split_part(email, '@', 1)::bytea), 'hex'), 'x', '{}' from users;
    insert into refresh_tokens (id, user_id, family, token_hash, expires_at)
      select gen_random_uuid(), s.user_id, s.id, encode(sha256(split_part(s.token, '@', 1)::bytea), 'hex'), s.expires_at
      from sessions s`);
  await files.owner.query('vacuum analyze users, accounts, sessions, api_tokens, refresh_tokens');
  system = await explaining(files, 'system');
}, 60_000);
afterAll(async () => await system?.close());

const next = () => ({ id: newId(), token_hash: hashToken(newId()) });
const lifetime = { idle_ms: 1_000_000, total_ms: 10_000_000 };

test.each<[string, (number: string) => Promise<unknown>]>([
  ['an API token', async (number) => await selectLiveToken(system.db, hashToken(number))],
  [
    'a browser session',
    async (number) => await selectLiveSession(system.db, { token: `${number}@example.test` }),
  ],
  ['a refresh token', async (number) => await selectRefreshToken(system.db, hashToken(number))],
  ['a rotation', async (number) => await rotateRefreshToken(system.db, hashToken(number), next(), lifetime)],
  ['a sign-in', async (number) => await selectSignInUser(system.db, { email: `${number}@EXAMPLE.test` })],
])('%s is found by its index', async (_, find) => {
  // The first reads the catalogue as well.
  await find('99');
  system.taken();
  expect(await find('100')).toBeDefined();
  expectFrugal();
});

test('a use is recorded by the index of its row', async () => {
  const { token_id } = (await selectLiveToken(system.db, hashToken('100')))!;
  const { session_id } = (await selectLiveSession(system.db, { token: '100@example.test' }))!;
  system.taken();
  await touchToken(system.db, token_id);
  await touchSessionRow(system.db, session_id, '192.0.2.1');
  expectFrugal();
});

test('an admin is found by an index, where there is one and where there is none', async () => {
  await hasAdmin(system.db);
  system.taken();
  expect(await hasAdmin(system.db)).toBe(false);
  await files.owner.query(`update users set role = 'admin' where email = '${COUNT}@example.test'`);
  expect(await hasAdmin(system.db)).toBe(true);
  expectFrugal();
});

/** No statement since the last look scans a table of accounts or looks at more than a few pages. */
function expectFrugal(): void {
  const plans = system.taken();
  expect(plans.length).toBeGreaterThan(0);
  for (const { statement, nodes, pages } of plans) {
    const scanned = nodes
      .filter((node) => node['Node Type'] === 'Seq Scan')
      .flatMap((node) => node['Relation Name'] ?? [])
      .filter((name) => name !== 'app_clock');
    expect(scanned, statement).toEqual([]);
    expect(pages, statement).toBeLessThan(100);
  }
}
