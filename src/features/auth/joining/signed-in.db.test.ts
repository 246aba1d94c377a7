import { beforeEach, expect, test } from 'vitest';

import { newId } from '#platform/ids/index.ts';
import { activityOf, PASSWORD, serveAccounts } from '#test/browsers.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { setRegistration } from '#test/joining.ts';
import { invite } from './invitations.ts';
import { createSetupToken } from './setup.ts';

const files = testDatabase();

beforeEach(async () => {
  await files.owner.query('delete from users');
  await files.owner.query('delete from account_links');
  await setRegistration(files, 'open');
});

const account = () => ({
  email: `${newId()}@example.test`,
  name: 'Ada',
  password: PASSWORD,
  timezone: 'UTC',
});

/** How somebody becomes a user: where to, and with what. */
const doors: [string, string, () => Promise<object>][] = [
  ['setup', '/api/setup', async () => ({ setup_token: await createSetupToken(files.database) })],
  [
    'invitation',
    '/api/invitations/accept',
    async () => {
      const { id } = await createUser(files.database.system, { role: 'admin' });
      const { code } = await files.database.asSystem(async (tx) => await invite(tx, id, { role: 'member' }));
      return { code };
    },
  ],
  ['sign_up', '/api/auth/sign-up/email', async () => await Promise.resolve({})],
];

test.each(doors)('by %s, a page of ours is signed in', async (method, path, means) => {
  const { url, browser } = await serveAccounts(files);
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  for (const said of [{ 'sec-fetch-site': 'same-origin', origin: url }, { origin: url }]) {
    await files.owner.query('delete from users');
    const body = { ...account(), ...(await means()) };
    const page = browser({ ...said, 'user-agent': firefox });
    const made = await page.request('POST', path, body);
    expect([200, 201]).toContain(made.status);
    expect(made.headers.get('set-cookie')).toMatch(
      /^famulus\.session_token=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const { user = made.json } = made.json;
    expect(user).toEqual({
      id: user.id,
      email: body.email,
      name: 'Ada',
      role: method === 'setup' ? 'admin' : 'member',
      timezone: 'UTC',
    });
    expect((await page.request('GET', '/api/auth/get-session')).json).toMatchObject({
      user: { id: user.id },
    });
    expect((await page.request('GET', '/api/sessions')).json.items).toMatchObject([
      {
        kind: 'browser',
        is_current: true,
        device_info: { name: 'Firefox on Linux', address: '127.0.0.1' },
        session_metadata: { method },
      },
    ]);
    expect(await activityOf(files, user.id)).toEqual(['user.created', 'auth.signed_in']);
  }
});

test.each(doors)('by %s, a program gets no cookie and no session', async (_, path, means) => {
  const { browser, url } = await serveAccounts(files);
  const programs = [{}, { authorization: 'Bearer nobodys', origin: url, 'sec-fetch-site': 'same-origin' }];
  for (const said of programs) {
    await files.owner.query('delete from users');
    const made = await browser(said).request('POST', path, { ...account(), ...(await means()) });
    expect([200, 201]).toContain(made.status);
    expect(made.headers.has('set-cookie')).toBe(false);
    expect((await files.owner.query('select from sessions')).rowCount).toBe(0);
  }
});

test.each(doors)('by %s, a page of another site makes nothing', async (_, path, means) => {
  const { browser, url } = await serveAccounts(files);
  const body = { ...account(), ...(await means()) };
  const sites = [
    { origin: 'https://evil.example' },
    { origin: url, 'sec-fetch-site': 'cross-site' },
    { origin: url, 'sec-fetch-site': 'same-site' },
  ];
  for (const said of sites) {
    const refused = await browser(said).request('POST', path, body);
    expect(refused).toMatchObject({ status: 403, json: { code: 'csrf.origin' } });
    expect(refused.headers.has('set-cookie')).toBe(false);
  }
});

test.each(doors)('by %s, a refusal signs nobody in', async (_, path, means) => {
  const { browser, url } = await serveAccounts(files);
  const body = { ...account(), ...(await means()), password: 'password' };
  const refused = await browser({ origin: url }).request('POST', path, body);
  expect(refused).toMatchObject({ status: 422, json: { errors: [{ path: 'password' }] } });
  expect(refused.headers.has('set-cookie')).toBe(false);
});

test.each(doors)('by %s, one says in which language', async (_, path, means) => {
  const { browser } = await serveAccounts(files);
  const wrong = await browser().request('POST', path, { ...account(), ...(await means()), locale: 'x_y' });
  expect(wrong).toMatchObject({ status: 422, json: { errors: [{ path: 'locale' }] } });
  for (const [said, kept] of [
    [{ locale: 'ru' }, 'ru'],
    [{}, 'en'],
  ] as const) {
    await files.owner.query('delete from users');
    const body = { ...account(), ...(await means()), ...said };
    expect([200, 201]).toContain((await browser().request('POST', path, body)).status);
    const { rows } = await files.owner.query('select locale from users where email = $1', [body.email]);
    expect(rows).toEqual([{ locale: kept }]);
  }
});
