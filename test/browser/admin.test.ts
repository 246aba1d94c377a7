import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  makeAccount,
  openSignedIn,
  PASSWORD,
  signInPage,
  type BrowserAccount,
} from '#test/browser-account.ts';
import { hasChromium, testBrowser } from '#test/chromium.ts';
import { startProgram, type Program } from '#test/program.ts';

async function more(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `More: ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

describe.skipIf(!hasChromium)('the administration', () => {
  const browser = testBrowser();
  let program: Program;
  let admin: BrowserAccount;

  beforeAll(async () => {
    program = await startProgram();
    admin = await makeAccount(program, { name: 'Ann', admin: true });
  });
  afterAll(async () => await program.remove());

  test('invites somebody, who makes an account and is in the list', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, admin, '/admin/invitations');
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await page.getByLabel('E-mail (optional)').fill('bob@example.test');
    await page.getByRole('button', { name: 'Make the link' }).click();
    const link = await page.getByLabel('Link', { exact: true }).inputValue();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('list', { name: 'Invitations' }).getByText('bob@example.test').waitFor();
    expect(await page.content()).not.toContain(new URL(link).hash.slice(1));

    const window = await browser.open();
    await window.goto(link);
    await window.getByLabel('Your name').fill('Bob');
    await window.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await window.getByRole('button', { name: 'Create my account' }).click();
    await window.waitForURL(({ pathname }) => pathname === '/');
    // No admin: no administration, neither in the navigation nor by its path.
    await window.getByRole('navigation').getByRole('link', { name: 'Settings' }).waitFor();
    expect(await window.getByRole('link', { name: 'Administration' }).count()).toBe(0);
    await window.goto(`${program.url}/admin/users`);
    await window.getByText('This is for admins').waitFor();
    expect(await window.getByRole('tab').count()).toBe(0);

    await page.getByRole('tab', { name: 'Users' }).click();
    await page.getByRole('list', { name: 'Users' }).getByText('bob@example.test').waitFor();
    await page.getByRole('tab', { name: 'Invitations' }).click();
    await page.getByText('Accepted by Bob').waitFor();
  });

  test('keeps the last admin, and says so', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, admin, '/admin');
    await more(page, 'Ann', 'Make a member');
    await page.getByText('This is the only admin: make somebody else an admin first').waitFor();
    await page.getByRole('list', { name: 'Users' }).getByText('Admin', { exact: true }).waitFor();
  });

  test('makes an account with a link, and deletes it when its address is typed', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, admin, '/admin/users');
    await page.getByRole('button', { name: 'New account' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Eve');
    await page.getByLabel('E-mail').fill('eve@example.test');
    await page.getByRole('button', { name: 'Create' }).click();
    expect(await page.getByLabel('Link', { exact: true }).inputValue()).toContain('/reset#token=');
    await page.getByRole('button', { name: 'Done' }).click();

    await more(page, 'Eve', 'Delete');
    const sure = page.getByRole('dialog').getByRole('button', { name: 'Delete' });
    expect(await sure.isDisabled()).toBe(true);
    await page.getByLabel('To confirm, type eve@example.test').fill('eve@example.test');
    await sure.click();
    await page
      .getByRole('list', { name: 'Users' })
      .getByText('eve@example.test')
      .waitFor({ state: 'detached' });
  });

  test('a setting that is changed in one window is so in the other', async () => {
    const [one, other] = [await browser.open(), await browser.open()];
    for (const page of [one, other]) await openSignedIn(page, program, admin, '/admin/invitations');
    await other.getByRole('radio', { name: 'Whoever was invited' }).and(other.locator(':checked')).waitFor();
    await one.getByRole('radio', { name: 'Nobody' }).check();
    await other.getByRole('radio', { name: 'Nobody' }).and(other.locator(':checked')).waitFor();
    await one.getByRole('button', { name: 'Undo' }).click();
    await other.getByRole('radio', { name: 'Whoever was invited' }).and(other.locator(':checked')).waitFor();
  });

  test.each(['light', 'dark'] as const)('passes axe in %s, on a narrow phone too', async (colorScheme) => {
    const page = await browser.open({ colorScheme, viewport: { width: 360, height: 740 } });
    await signInPage(page, program, admin);
    for (const [section, settled] of [
      ['users', 'New account'],
      ['invitations', 'Nobody'],
      ['jobs', 'Parked'],
      ['health', 'All is well'],
    ] as const) {
      await page.goto(`${program.url}/admin/${section}`);
      await page.getByText(settled).first().waitFor();
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    }
  });
});
