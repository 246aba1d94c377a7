import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { makeAccount, openSignedIn } from '#test/browser-account.ts';
import { hasChromium, PHONE, testBrowser } from '#test/chromium.ts';
import { noonZone } from '#test/noon-zone.ts';
import { startProgram, type Program } from '#test/program.ts';

describe.skipIf(!hasChromium)('Notifications', () => {
  const browser = testBrowser();
  let program: Program;

  beforeAll(async () => {
    program = await startProgram();
  });
  afterAll(async () => await program.remove());

  async function post(page: Page, path: string, data: unknown): Promise<void> {
    const answer = await page.request.post(`${program.url}${path}`, {
      data,
      headers: { origin: program.url },
    });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  }
  async function notify(page: Page, ...titles: string[]): Promise<void> {
    for (const title of titles) await post(page, '/api/notifications', { title, message: 'A word.' });
  }
  async function unread(page: Page): Promise<number> {
    const answer = await page.request.get(`${program.url}/api/notifications/summary`);
    return ((await answer.json()) as { unread: number }).unread;
  }

  test('what comes appears by itself, and is read once it is opened', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, await makeAccount(program), '/notifications');
    await page.getByText('Nothing yet').waitFor();
    await notify(page, 'Live one');
    const item = page.getByRole('button', { name: /Unread: Live one/ });
    const badge = page.getByRole('link', { name: 'Notifications 1 unread' });
    await badge.waitFor();
    await item.click();
    await page.getByText(/This app: delivered/).waitFor();
    await item.waitFor({ state: 'detached' });
    await badge.waitFor({ state: 'detached' });
    await expect.poll(async () => await unread(page)).toBe(0);
  });

  test('what is opened among the unread stays where it is', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, await makeAccount(program), '/notifications');
    await notify(page, 'First', 'Second');
    await page.getByRole('tab', { name: /Unread/ }).click();
    await page.getByRole('button', { name: /Unread: First/ }).click();
    await expect.poll(async () => await unread(page)).toBe(1);
    await page.getByRole('link', { name: 'Notifications 1 unread' }).waitFor();
    expect(await page.getByRole('tabpanel').getByRole('listitem').count()).toBeGreaterThanOrEqual(2);
    await page.getByRole('tab', { name: 'All' }).click();
    await page.getByRole('tab', { name: /Unread/ }).click();
    await page.getByRole('button', { name: /First/ }).waitFor({ state: 'detached' });
  });

  test('all are read at once, what came later is not, and undo is as if nothing had been', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, await makeAccount(program), '/notifications');
    await notify(page, 'One', 'Two');
    const markAll = page.getByRole('button', { name: 'Mark all as read' });
    const unreadItems = page.getByRole('button', { name: /^Unread:/ });
    await page.getByRole('button', { name: /Unread: Two/ }).waitFor();
    await markAll.click();
    await expect.poll(async () => await unreadItems.count()).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => await unreadItems.count()).toBe(2);
    expect(await unread(page)).toBe(2);

    await markAll.click();
    await expect.poll(async () => await unreadItems.count()).toBe(0);
    await notify(page, 'Later');
    await page.getByRole('button', { name: /Unread: Later/ }).waitFor();
    // Leaving the offer aside makes it final.
    await page.locator('.mantine-Notification-closeButton').last().click();
    await expect.poll(async () => await unread(page)).toBe(1);
    expect(await unreadItems.count()).toBe(1);
  });

  test('a reminder is put off, taken back and done', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, await makeAccount(program), '/notifications');
    const text = 'Turn the oven off';
    const trigger_at = new Date(Date.now() + 1_500).toISOString();
    await post(page, '/api/reminders', { type: 'one_time', text, trigger_at });
    const panel = page.getByRole('tabpanel');
    await panel.getByRole('button', { name: 'Snooze' }).click();
    await page.getByRole('menuitem', { name: 'An hour' }).click();
    const put = page.getByRole('alert').filter({ hasText: 'Put off.' });
    await put.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => await reminders(page)).toHaveLength(1);

    await panel.getByRole('button', { name: new RegExp(text) }).click();
    await panel.getByRole('button', { name: 'Done' }).click();
    await expect.poll(async () => (await reminders(page))[0]?.done_at).toMatch(/Z$/);
  });
  async function reminders(page: Page): Promise<{ done_at: string | null }[]> {
    const answer = await page.request.get(`${program.url}/api/reminders`);
    return ((await answer.json()) as { items: { done_at: string | null }[] }).items;
  }

  test('what waits for the end of quiet hours is listed as that, and not as unread', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, await makeAccount(program, { timezone: noonZone() }), '/notifications');
    const answer = await page.request.patch(`${program.url}/api/me`, {
      data: { quiet_hours: { start: '11:00', end: '15:00' }, preferences: { hour_cycle: 'h23' } },
      headers: { origin: program.url },
    });
    expect(answer.ok()).toBe(true);
    await notify(page, 'Can wait');
    await page.reload();
    const item = page.getByRole('button', { name: /^Can wait/ });
    await item.getByText('Waits until 15:00').waitFor();
    expect(await page.getByRole('link', { name: /unread/ }).count()).toBe(0);
    await page.getByRole('tab', { name: /Unread/ }).click();
    await page.getByText('You have read everything').waitFor();
  });

  test.each(['light', 'dark'] as const)('is accessible and fits a phone, %s', async (colorScheme) => {
    const page = await browser.open({ viewport: { ...PHONE, width: 360 }, colorScheme });
    await openSignedIn(page, program, await makeAccount(program), '/notifications');
    await notify(page, 'One', 'Two');
    await page.getByRole('button', { name: /Unread: One/ }).click();
    await page.getByText(/This app: delivered/).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    const { violations } = await new AxeBuilder({ page }).include('#main').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
  });
});
