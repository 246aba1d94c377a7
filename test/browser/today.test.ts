import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { makeAccount, openSignedIn } from '#test/browser-account.ts';
import { hasChromium, PHONE, testBrowser } from '#test/chromium.ts';
import { startProgram, type Program } from '#test/program.ts';

describe.skipIf(!hasChromium)('Today', () => {
  const browser = testBrowser();
  let program: Program;

  beforeAll(async () => {
    program = await startProgram();
  });
  afterAll(async () => await program.remove());

  test('the first minute: a reminder is offered, counted down to, and comes on time', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, await makeAccount(program), '/?welcome=true');
    const composer = page.getByLabel('What shall I remind you of, or do?');
    await page.getByRole('button', { name: 'Remind me', exact: true }).waitFor();
    expect(await composer.inputValue()).toBe('Remind me in 1 minute that Famulus works');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');

    await composer.fill('Remind me in 3 seconds that the tea is ready');
    await composer.press('Enter');
    await page.getByRole('timer').waitFor();
    await page.getByText(/It came on time: \d+ ms late/).waitFor();
    await page.getByRole('region', { name: 'Needs you' }).getByText('the tea is ready').waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  test('a first reminder that is taken back is waited for no more', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, await makeAccount(program), '/?welcome=true');
    await page.getByRole('button', { name: 'Remind me', exact: true }).click();
    await page.getByRole('timer').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('timer').waitFor({ state: 'detached' });
  });

  test('words that are no reminder are asked in the main thread', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, await makeAccount(program));
    await page.getByLabel('What shall I remind you of, or do?').fill('What can you do?');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/chat');
    const thread = (await (await page.request.get(`${program.url}/api/threads/main`)).json()) as {
      id: string;
    };
    const messages = await page.request.get(`${program.url}/api/threads/${thread.id}/messages`);
    expect(JSON.stringify(await messages.json())).toContain('What can you do?');
  });

  test('what failed can be dismissed, and called back', async () => {
    const page = await browser.open();
    await page.route('**/api/activity?level=error*', async (route) => {
      const entry = {
        id: '01a1fe54-ca19-7184-bec9-1655419d5cb9',
        actor: 'system',
        type: 'message.failed',
        level: 'error',
        message: 'A message was not answered: no model',
        metadata: {},
        subject: null,
        created_at: new Date().toISOString(),
      };
      await route.fulfill({ json: { items: [entry], next_cursor: null } });
    });
    await openSignedIn(page, program, await makeAccount(program));
    const failed = page.getByRole('region', { name: 'What failed' });
    await failed.getByRole('button', { name: 'Dismiss' }).click();
    await failed.waitFor({ state: 'detached' });
    await page.getByText('All quiet').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await failed.getByText('A message was not answered').waitFor();
  });

  test('the first steps tick themselves, and can be hidden and called back', async () => {
    const page = await browser.open({ permissions: ['notifications'] });
    await openSignedIn(page, program, await makeAccount(program, { admin: true }));
    const steps = page.getByRole('region', { name: 'First steps' });
    await steps.getByRole('button', { name: 'A model that understands everything' }).click();
    await steps.getByText('address of an Ollama').waitFor();
    expect(await steps.getByText('Comes with a later version').isVisible()).toBe(true);

    await page.getByLabel('What shall I remind you of, or do?').fill('Remind me in 1 second to breathe');
    await page.keyboard.press('Enter');
    await steps.getByRole('button', { name: 'Your first reminder (done)' }).waitFor();

    await steps.getByRole('button', { name: 'Hide' }).click();
    await steps.waitFor({ state: 'detached' });
    await page
      .getByText('Hidden. You can bring it back')
      .locator('..')
      .getByRole('button', { name: 'Undo' })
      .click();
    await steps.waitFor();
  });

  test.each(['light', 'dark'] as const)('is accessible and fits a phone, %s', async (colorScheme) => {
    const page = await browser.open({ viewport: { ...PHONE, width: 360 }, colorScheme });
    await openSignedIn(page, program, await makeAccount(program));
    await page.getByLabel('What shall I remind you of, or do?').fill('Call Mum tomorrow at 18:00');
    await page.getByText('Comes once').waitFor();
    await page.getByRole('region', { name: 'First steps' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    const { violations } = await new AxeBuilder({ page }).include('#main').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
  });
});
