import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { makeAccount, openSignedIn, signInPage, type BrowserAccount } from '#test/browser-account.ts';
import { DESKTOP, hasChromium, PHONE, testBrowser } from '#test/chromium.ts';
import { startProgram, type Program } from '#test/program.ts';

/** WCAG 2.2 AA, and what axe holds for good practice. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const signedIn = [
  '/',
  '/chat',
  '/reminders',
  '/reminders?tab=recurring',
  '/reminders?tab=history',
  '/timeline',
  '/memory',
  '/assistants',
  '/tools',
  '/notifications',
  '/activity',
  '/approvals',
  '/approvals?show=decided',
  '/usage',
  '/settings/profile',
  '/settings/appearance',
  '/settings/security',
  '/settings/sessions',
  '/settings/tokens',
  '/settings/webhooks',
  '/settings/data',
  '/settings/danger',
  '/admin/users',
  '/admin/invitations',
  '/admin/mcp',
  '/admin/jobs',
  '/admin/health',
];
const signedOut = ['/sign-in', '/setup', '/invite', '/sign-up', '/reset', '/no/such/page'];

/** What axe finds, each as a line that says where. */
async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).withTags(tags).analyze();
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help}: ${String(target)}`),
  );
}

async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('networkidle');
  // Skeletons are gone, transitions are over.
  const skeletons = async () => await page.locator('.mantine-Skeleton-root').count();
  await expect.poll(skeletons, { timeout: 10_000 }).toBe(0);
}

describe.skipIf(!hasChromium)('every page', () => {
  const browser = testBrowser();
  let program: Program;
  let ann: BrowserAccount;

  beforeAll(async () => {
    program = await startProgram();
    ann = await makeAccount(program, { admin: true });
    await fill();
  });
  afterAll(async () => await program.remove());

  /** Something of each kind, so that lists are not empty. */
  async function fill(): Promise<void> {
    const token = await program.run(['token', 'create', '--user', ann.email, '--name', 'fill']);
    const post = async (path: string, body: unknown) => {
      const answer = await fetch(`${program.url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token.stdout.trim()}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
      return (await answer.json()) as { id: string };
    };
    const soon = new Date(Date.now() + 500).toISOString();
    await post('/api/reminders', { type: 'one_time', text: 'just now', trigger_at: soon });
    await post('/api/reminders', { type: 'recurring', text: 'stretch', cron_expression: '0 11 * * 1-5' });
    const rrule = 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=9;BYMINUTE=0;BYSECOND=0';
    await post('/api/reminders', { type: 'recurring', text: 'water the plants', rrule });
    await post('/api/reminders', { type: 'recurring', text: 'breathe', cron_expression: '*/20 * * * *' });
    await post('/api/reminders', { type: 'one_time', text: 'pills', trigger_at: soon, nag_every_s: 3_600 });
    await post('/api/memories', { key: 'tea', value: 'without sugar' });
    await post('/api/notifications', { title: 'Hello', message: 'A notification to oneself', priority: 5 });
    const said = await program.run(['chat', 'what time is it?', '--user', ann.email]);
    if (said.code !== 0) throw new Error(said.stderr);
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`signed in, ${colorScheme}: nothing for axe to say`, { timeout: 180_000 }, async () => {
      const page = await browser.open({ colorScheme, viewport: DESKTOP });
      await signInPage(page, program, ann);
      const found: string[] = [];
      for (const path of signedIn) {
        await page.goto(`${program.url}${path}`);
        await settled(page);
        found.push(...(await violations(page)).map((line) => `${path} ${line}`));
      }
      expect(found).toEqual([]);
    });

    test(`signed out, ${colorScheme}: nothing for axe to say`, async () => {
      const page = await browser.open({ colorScheme, viewport: PHONE });
      const found: string[] = [];
      for (const path of signedOut) {
        await page.goto(`${program.url}${path}`);
        await settled(page);
        found.push(...(await violations(page)).map((line) => `${path} ${line}`));
      }
      expect(found).toEqual([]);
    });
  }

  test('fits a phone of 360 pixels, nothing beside it', { timeout: 120_000 }, async () => {
    const page = await browser.open({ viewport: { width: 360, height: 740 } });
    await openSignedIn(page, program, ann);
    const wide: string[] = [];
    for (const path of signedIn) {
      await page.goto(`${program.url}${path}`);
      await settled(page);
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      if (width > 360) wide.push(`${path}: ${width}`);
    }
    expect(wide).toEqual([]);
  });

  test('dialogs: nothing for axe to say', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, ann);
    await settled(page);
    for (const key of ['c', '?', 'Control+k']) {
      await page.locator('main').focus();
      await page.keyboard.press(key);
      await page.getByRole('dialog').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });
});
