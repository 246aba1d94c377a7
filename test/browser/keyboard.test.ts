import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { makeAccount, openSignedIn, type BrowserAccount } from '#test/browser-account.ts';
import { hasChromium, testBrowser } from '#test/chromium.ts';
import { startProgram, type Program } from '#test/program.ts';

/** What has the focus, as somebody who can't see it is told. */
async function focused(page: Page): Promise<string> {
  return await page.evaluate<string>(
    `(document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText ?? '').trim()`,
  );
}

/** Tab until it is reached; an element that can't be reached is a failure. */
async function tabTo(page: Page, name: RegExp, most = 60): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    if (name.test(await focused(page))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${most} times Tab did not reach ${name}; now at ${await focused(page)}`);
}

describe.skipIf(!hasChromium)('by keyboard alone', () => {
  const browser = testBrowser();
  let program: Program;
  let ann: BrowserAccount;

  beforeAll(async () => {
    program = await startProgram();
    ann = await makeAccount(program);
  });
  afterAll(async () => await program.remove());

  test('signing in, a reminder, and doing it', async () => {
    const page = await browser.open();
    await page.goto(`${program.url}/sign-in`);
    await page.getByLabel('E-mail').waitFor();
    await page.keyboard.type(ann.email);
    await page.keyboard.press('Tab');
    await page.keyboard.type(ann.password);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation').first().waitFor();

    await page.locator('main').focus();
    await page.keyboard.press('c');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('water the plants tomorrow at 9:00');
    await page.getByRole('dialog').getByText('09:00').first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await page.locator('main').focus();
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.waitForURL('**/reminders');
    await page.getByText('water the plants').first().waitFor();
    await tabTo(page, /done.*water the plants|water the plants.*done/i);
    await page.keyboard.press('Enter');
    const completed = async () => {
      const answer = await page.request.get(`${program.url}/api/reminders?status=completed`);
      return ((await answer.json()) as { items: unknown[] }).items.length;
    };
    await expect.poll(completed, { timeout: 10_000 }).toBe(1);
  });

  test('going anywhere from the palette, and asking from there', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, ann, '/memory');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('what time is it');
    await page.getByText('Ask: what time is it').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/chat**');
    await page.getByText('what time is it').first().waitFor();
  });

  test('single keys can be switched off', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, ann);
    await page.request.patch(`${program.url}/api/me`, {
      data: { preferences: { shortcuts: false } },
      headers: { origin: program.url },
    });
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('main').focus();
    await page.keyboard.press('c');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(1);
    await page.keyboard.type('keyboard');
    await page.getByText('Keyboard shortcuts').waitFor();
  });
});
