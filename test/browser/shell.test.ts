import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { makeAccount, openSignedIn, type BrowserAccount } from '#test/browser-account.ts';
import { hasChromium, PHONE, testBrowser } from '#test/chromium.ts';
import { startProgram, type Program } from '#test/program.ts';

describe.skipIf(!hasChromium)('the shell', () => {
  const browser = testBrowser();
  let program: Program;
  let ann: BrowserAccount;

  beforeAll(async () => {
    program = await startProgram();
    ann = await makeAccount(program);
  });
  afterAll(async () => await program.remove());

  test('leads to every page by keyboard', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, ann);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    for (const name of ['Chat', 'Reminders', 'Memory', 'Settings']) {
      await page.getByRole('navigation').getByRole('link', { name, exact: true }).press('Enter');
      await expect.poll(async () => await page.title()).toContain('Famulus');
      await page.getByRole('link', { name, exact: true, includeHidden: false }).first().waitFor();
      expect(await page.locator('[aria-current=page]').first().innerText()).toBe(name);
    }
  });

  test('has a bar at the bottom of a phone', async () => {
    const page = await browser.open({ viewport: PHONE });
    await openSignedIn(page, program, ann);
    const bar = page.getByRole('navigation', { name: 'Main pages' });
    await bar.getByRole('link', { name: 'Reminders' }).click();
    await page.waitForURL('**/reminders');
    await bar.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Memory' }).click();
    await page.waitForURL('**/memory');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
  });

  test('says when the server is gone, and goes on when it is back', async () => {
    const page = await browser.open();
    const first = await startProgram();
    const account = await makeAccount(first);
    await openSignedIn(page, first, account);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const banner = page.getByText('No connection to Famulus');
    await first.stop();
    await banner.waitFor();
    const { dataDir, port } = first;
    const again = await startProgram({ dataDir, port });
    try {
      // By itself, within its longest wait.
      await banner.waitFor({ state: 'detached', timeout: 30_000 });
    } finally {
      await again.stop();
      await first.remove();
    }
  });

  test('whoever is not signed in is asked to, and what is nowhere says so', async () => {
    const page = await browser.open();
    await page.goto(`${program.url}/reminders?tab=history`);
    await page.waitForURL(
      (url) => url.pathname === '/sign-in' && url.searchParams.get('next') === '/reminders?tab=history',
    );
    const answer = await page.goto(`${program.url}/no/such/page`);
    expect(answer?.status()).toBe(404);
    await page.getByText('There is nothing here').waitFor();
  });
});
