import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { makeAccount, openSignedIn, type BrowserAccount } from '#test/browser-account.ts';
import { hasChromium, testBrowser } from '#test/chromium.ts';
import { startProgram, type Program } from '#test/program.ts';
import { totp } from '#test/totp.ts';

describe.skipIf(!hasChromium)('settings', () => {
  const browser = testBrowser();
  let program: Program;
  let ann: BrowserAccount;

  beforeAll(async () => {
    program = await startProgram();
    // The sign-in page asks for a first admin as long as there is none.
    ann = await makeAccount(program, { admin: true });
  });
  afterAll(async () => await program.remove());

  async function openSettings(section: string, options = {}, account = ann): Promise<Page> {
    const page = await browser.open(options);
    await openSignedIn(page, program, account, `/settings/${section}`);
    await page.getByRole('heading', { level: 3 }).first().waitFor();
    return page;
  }

  test('speak Russian at once, also in another tab, and English again by undo', async () => {
    const bob = await makeAccount(program, { name: 'Bob' });
    const page = await openSettings('profile', {}, bob);
    const other = await page.context().newPage();
    await other.goto(`${program.url}/settings/profile`);
    const language = page.locator('select').filter({ hasText: 'Русский' });
    await other.getByText('All times are shown in it.', { exact: false }).waitFor();
    await language.selectOption('ru');
    for (const one of [page, other]) await one.locator('html[lang=ru]').waitFor({ state: 'attached' });
    await page.getByRole('alert').getByRole('button').first().click();
    for (const one of [page, other]) await one.locator('html[lang=en]').waitFor({ state: 'attached' });
    await other.getByText('All times are shown in it.', { exact: false }).waitFor();
  });

  test('have reminders worded as one wishes, and take that back', async () => {
    const kit = await makeAccount(program, { name: 'Kit' });
    const page = await openSettings('profile', {}, kit);
    const wish = async () =>
      ((await (await page.request.get(`${program.url}/api/me`)).json()) as { preferences: object })
        .preferences;
    const usual = page.getByRole('radio', { name: 'Once an hour at most', checked: true });
    await usual.waitFor();
    await page.getByRole('radio', { name: 'Never' }).check();
    await expect.poll(wish).toMatchObject({ spoken_reminders: false });
    await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(wish).toMatchObject({ spoken_reminders: null });
    await usual.waitFor();
  });

  test('save a name once, show it elsewhere, and say what is wrong with it', async () => {
    const page = await openSettings('profile');
    const name = page.getByLabel('What Famulus calls you');
    await name.fill(' ');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Fill this in.').waitFor();
    let patches = 0;
    page.on('request', (request) => {
      if (request.method() === 'PATCH') patches += 1;
    });
    await name.fill('Anna');
    await page.getByRole('button', { name: 'Save' }).dblclick();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Account of Anna' }).waitFor();
    expect(patches).toBe(1);
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  });

  test('set up two-factor sign-in, which is then asked for', async () => {
    const eve = await makeAccount(program, { name: 'Eve' });
    const page = await openSettings('security', {}, eve);
    await page.getByRole('button', { name: 'Turn on' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Your password', { exact: true }).fill('not my password');
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await dialog.getByText('This is not your password.').waitFor();
    await dialog.getByLabel('Your password', { exact: true }).fill(eve.password);
    await dialog.getByRole('button', { name: 'Go on' }).click();

    const picture = dialog.getByRole('img', { name: 'QR code' });
    await picture.waitFor();
    expect(
      await picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
    ).toBeGreaterThan(0);
    const secret = (await dialog.locator('code, pre').first().innerText()).replaceAll(/\s/g, '');
    const uri = `otpauth://totp/Famulus?secret=${secret}`;
    const code = dialog.getByLabel('The code that the app shows now');
    await code.fill('000000');
    await dialog.getByRole('button', { name: 'Turn on' }).click();
    await dialog.getByText('This code is wrong').waitFor();
    await code.fill(totp(uri));
    await dialog.getByRole('button', { name: 'Turn on' }).click();

    await dialog.getByText('Your recovery codes').waitFor();
    const codes = (await dialog.locator('pre').innerText()).trim();
    const downloaded = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Download' }).click();
    expect((await downloaded).suggestedFilename()).toBe('famulus-recovery-codes.txt');
    const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
    expect(violations).toEqual([]);
    await dialog.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('recovery codes are left').waitFor();
    expect(await page.evaluate('JSON.stringify([localStorage, sessionStorage])')).not.toContain(secret);

    await page.goto(`${program.url}/settings/sessions`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in**');
    for (const answer of [totp(uri, 1), codes.split('\n')[0] ?? '']) {
      const visitor = await browser.open();
      await visitor.goto(`${program.url}/sign-in`);
      await visitor.getByLabel('E-mail').fill(eve.email);
      await visitor.getByLabel('Password', { exact: true }).fill(eve.password);
      await visitor.getByRole('button', { name: 'Sign in', exact: true }).click();
      await visitor.getByText('Your account asks for a second factor.').waitFor();
      if (answer.length > 6) await visitor.getByRole('button', { name: 'Use a recovery code' }).click();
      await visitor.getByLabel(/^(Code of your|Recovery code)/).fill(answer);
      await visitor.getByRole('button', { name: 'Sign in', exact: true }).click();
      await visitor.waitForURL(`${program.url}/`);
    }
  });

  test('end a session in another window, which goes to the sign-in', async () => {
    const kim = await makeAccount(program, { name: 'Kim' });
    const other = await openSettings('profile', {}, kim);
    const page = await openSettings('sessions', {}, kim);
    await expect.poll(async () => await page.getByText('This browser', { exact: true }).count()).toBe(1);
    await page.getByRole('button', { name: 'End the session' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
    await other.waitForURL('**/sign-in**', { timeout: 5_000 });
    await page.getByRole('button', { name: 'End the session' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
  });

  test('make an API token that works, shown once, and revoke it', async () => {
    const page = await openSettings('tokens');
    await page.getByRole('button', { name: 'New token' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Make the token' }).click();
    await dialog.getByText('Choose what it may do.').waitFor();
    await dialog.getByLabel('Name').fill('the kitchen');
    await dialog.getByRole('group', { name: 'Reminders' }).getByLabel('Read').check();
    await dialog.getByRole('button', { name: 'Make the token' }).click();
    await dialog.getByText('it is not shown again').waitFor();
    const token = (await dialog.locator('pre').innerText()).trim();
    const ask = async (path: string) =>
      (await fetch(`${program.url}${path}`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect([await ask('/api/reminders'), await ask('/api/threads')]).toEqual([200, 403]);

    await dialog.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByText('reminders:read').waitFor();
    expect(await page.content()).not.toContain(token);
    await page.getByRole('button', { name: 'Revoke the token: the kitchen' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('You have none.').waitFor();
    expect(await ask('/api/reminders')).toBe(401);
  });

  test('hand over an export, and delete the account for those who mean it', async () => {
    const zoe = await makeAccount(program, { name: 'Zoe' });
    const page = await openSettings('data', {}, zoe);
    const downloaded = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download my data' }).click();
    expect((await downloaded).suggestedFilename()).toMatch(/^famulus-[\d-]+\.zip$/);
    await page.getByText('Done').waitFor();

    await page.getByRole('link', { name: 'Danger zone' }).click();
    await page.getByLabel('Type your e-mail address').fill('somebody@example.test');
    await page.getByLabel('Your password', { exact: true }).fill(zoe.password);
    await page.getByRole('button', { name: 'Delete my account for good' }).click();
    await page.getByText('This is not your e-mail address.').waitFor();
    await page.getByLabel('Type your e-mail address').fill(zoe.email);
    await page.getByRole('button', { name: 'Delete my account for good' }).click();
    await page.waitForURL(`${program.url}/sign-in`);
  });
});
