import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAccount, openSignedIn, PASSWORD, type BrowserAccount } from '#test/browser-account.ts';
import { hasChromium, PHONE, testBrowser } from '#test/chromium.ts';
import { startProgram, type Program } from '#test/program.ts';
import { signIn } from '#test/sign-in.ts';
import { totp } from '#test/totp.ts';
import { until } from '#test/until.ts';

const browser = testBrowser();

async function give(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) {
    await page.getByRole('textbox', { name: label }).fill(value);
  }
}

/** The page's own requests: with its cookies and from its origin. */
async function ask(page: Page, path: string, data?: object) {
  const origin = new URL(page.url()).origin;
  const answer = await page.request.fetch(`${origin}${path}`, {
    method: data === undefined ? 'GET' : 'POST',
    ...(data !== undefined && { data }),
    headers: { origin },
  });
  expect(answer.ok(), `${path}: ${answer.status()}`).toBe(true);
  return (await answer.json()) as Record<string, unknown>;
}

const isAt = (path: string) => (url: URL) => url.pathname === path;
const isToday = (url: URL) => url.pathname === '/' && url.searchParams.has('welcome');

describe.skipIf(!hasChromium)('a new installation', () => {
  let program: Program;
  let link: string;

  beforeAll(async () => {
    program = await startProgram();
    link = await until(
      'the setup link',
      () => /http\S+\/setup#token=\S+/.exec(Object.values(program.output()).join('\n'))?.[0],
    );
  });
  afterAll(async () => await program.remove());

  test('says where its link is to whoever comes without one, or with another', async () => {
    const page = await browser.open();
    await page.goto(`${program.url}/sign-in`);
    await page.getByRole('heading', { name: 'Famulus is not set up yet' }).waitFor();
    for (const path of ['/setup', '/setup#token=fam_setup_another']) {
      await page.goto('about:blank');
      await page.goto(program.url + path);
      await page.getByText('./manage start').waitFor();
      expect(page.url()).toBe(`${program.url}/setup`);
    }
  });

  test('is set up in a minute: the link, three fields, Enter', async () => {
    const page = await browser.open({ viewport: PHONE });
    await page.goto(link);
    const name = page.getByRole('textbox', { name: 'Your name' });
    await name.waitFor();
    expect(page.url()).toBe(`${program.url}/setup`);
    expect(await page.locator(':focus').getAttribute('id')).toBe(await name.getAttribute('id'));

    await page.keyboard.press('Enter');
    await page.getByText('Fill this in.').first().waitFor();
    await give(page, { 'Your name': 'Ann', 'E-mail': 'ann@example.test', Password: 'password' });
    await page.keyboard.press('Enter');
    await page.getByText('This password has leaked').waitFor();
    await give(page, { Password: PASSWORD });
    await page.keyboard.press('Enter');
    await page.waitForURL(isToday);

    expect(await ask(page, '/api/me')).toMatchObject({
      name: 'Ann',
      role: 'admin',
      timezone: 'Europe/Berlin',
      locale: 'en-GB',
    });
    await page.goBack();
    expect(page.url()).toBe('about:blank');
  });

  test('a used link says so, and leads to the sign-in', async () => {
    const page = await browser.open();
    await page.goto(link);
    await page.getByRole('heading', { name: 'Famulus is set up already' }).waitFor();
    await page.getByRole('link', { name: 'sign in' }).click();
    await page.waitForURL(isAt('/sign-in'));
  });

  test('whoever guesses has to wait, and sees how long', async () => {
    const page = await browser.open();
    await page.goto(`${program.url}/sign-in`);
    const submit = page.getByRole('button', { name: 'Sign in', exact: true });
    await give(page, { 'E-mail': 'ann@example.test', Password: 'not this one' });
    for (let left = 10; left > 0; left -= 1) {
      await submit.click();
      await page.getByText('The e-mail address or the password is wrong.').waitFor();
      await expect.poll(async () => await submit.isEnabled()).toBe(true);
    }
    await submit.click();
    const wait = page.getByText(/Too many tries\. Wait \d+ seconds?\./);
    const first = await wait.innerText();
    await expect.poll(async () => await wait.innerText()).not.toBe(first);
    expect(await submit.isDisabled()).toBe(true);
  });
});

describe.skipIf(!hasChromium)('signing in', () => {
  let program: Program;
  let ann: BrowserAccount;
  beforeAll(async () => {
    program = await startProgram();
    ann = await makeAccount(program, { admin: true });
  });
  afterAll(async () => await program.remove());

  async function signInAt(page: Page, { email, password }: BrowserAccount): Promise<void> {
    await give(page, { 'E-mail': email, Password: password });
    await page.keyboard.press('Enter');
  }

  test('asks for the second factor: a code, or a recovery code', async () => {
    const bob = await makeAccount(program, { name: 'Bob' });
    const page = await browser.open();
    await openSignedIn(page, program, bob);
    const made = await ask(page, '/api/auth/two-factor/enable', { password: bob.password });
    const uri = made['totpURI'] as string;
    await ask(page, '/api/auth/two-factor/verify-totp', { code: totp(uri, -1) });

    const other = await browser.open();
    await other.goto(`${program.url}/sign-in`);
    await signInAt(other, bob);
    const code = other.getByRole('textbox', { name: 'Code of your authenticator app' });
    await code.fill('000000');
    await other.keyboard.press('Enter');
    await other.getByText('This code is wrong').waitFor();
    await code.fill(totp(uri));
    await other.keyboard.press('Enter');
    await other.waitForURL(isAt('/'));

    const third = await browser.open();
    await third.goto(`${program.url}/sign-in`);
    await signInAt(third, bob);
    await third.getByRole('button', { name: 'Use a recovery code' }).click();
    await third.getByRole('textbox', { name: 'Recovery code' }).fill((made['backupCodes'] as string[])[0]!);
    await third.keyboard.press('Enter');
    await third.waitForURL(isAt('/'));
  });

  test('whose session is ended is at the sign-in within 5 s, and then where they were', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, ann, '/sign-in');
    await page.waitForURL(isAt('/'));
    await page.goto(`${program.url}/memory`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    // Its own browser knows of it only by what it hears.
    const token = await signIn(program, ann);
    const sessions = await fetch(`${program.url}/api/sessions`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { items } = (await sessions.json()) as { items: { id: string; kind: string }[] };
    const mine = items.find(({ kind }) => kind === 'browser')!;
    await fetch(`${program.url}/api/sessions/${mine.id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    });
    await page.waitForURL(isAt('/sign-in'), { timeout: 5_000 });
    await page.getByText('Your session has ended').waitFor();
    await signInAt(page, ann);
    await page.waitForURL(isAt('/memory'));
    await page.goBack();
    expect(new URL(page.url()).pathname).not.toBe('/sign-in');
  });

  test('an invitation is accepted with a passkey, which then signs in', async () => {
    const token = await signIn(program, ann);
    const made = await fetch(`${program.url}/api/invitations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'cyd@example.test' }),
    });
    const { code } = (await made.json()) as { code: string };
    const site = program.url.replace('127.0.0.1', 'localhost');

    const page = await browser.open();
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
      },
    });
    await page.goto(`${site}/invite#code=${code}`);
    await page.getByText('cyd@example.test is invited').waitFor();
    await give(page, { 'Your name': 'Cyd' });
    await page.getByRole('button', { name: 'Change' }).click();
    await page.keyboard.type('new york');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Use a passkey instead' }).click();
    await page.waitForURL(isToday);
    expect(await ask(page, '/api/me')).toMatchObject({
      name: 'Cyd',
      email: 'cyd@example.test',
      timezone: 'America/New_York',
    });

    await page.goto(`${site}/invite#code=${code}`);
    await page.getByRole('heading', { name: 'This invitation is no longer valid' }).waitFor();

    // Offered by the browser beside the e-mail field, where this authenticator takes it at once.
    await page.context().clearCookies();
    await page.goto(`${site}/sign-in?next=/activity`);
    await page.waitForURL(isAt('/activity'));

    // A browser that has passkeys, but offers none by itself.
    await page.addInitScript('PublicKeyCredential.isConditionalMediationAvailable = async () => false');
    await page.context().clearCookies();
    await page.goto(`${site}/sign-in?next=/memory`);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL(isAt('/memory'));
    expect(await ask(page, '/api/me')).toMatchObject({ name: 'Cyd' });
  });

  test('a reset link sets the password and signs in with it', async () => {
    const dee = await makeAccount(program, { name: 'Dee' });
    const token = await signIn(program, ann);
    const get = async (path: string, method = 'GET') => {
      const answer = await fetch(program.url + path, {
        method,
        headers: { authorization: `Bearer ${token}` },
      });
      return (await answer.json()) as { url: string; items: { id: string }[] };
    };
    const { items } = await get(`/api/users?email=${encodeURIComponent(dee.email)}`);
    const { url } = await get(`/api/users/${items[0]!.id}/reset-link`, 'POST');
    const page = await browser.open();
    await page.goto(url);
    await give(page, { 'New password': 'eleven purple kettles' });
    await page.keyboard.press('Enter');
    await page.waitForURL(isAt('/'));
    expect(await ask(page, '/api/me')).toMatchObject({ email: dee.email });
  });
});
