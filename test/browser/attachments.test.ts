import { Buffer } from 'node:buffer';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAccount, openSignedIn, type BrowserAccount } from '#test/browser-account.ts';
import { DESKTOP, hasChromium, PHONE, testBrowser } from '#test/chromium.ts';
import { startProgram, type Program } from '#test/program.ts';
import { pdf, png } from '#test/sample-files.ts';

describe.skipIf(!hasChromium)('files in the chat', () => {
  const browser = testBrowser();
  let program: Program;
  let ann: BrowserAccount;

  beforeAll(async () => {
    program = await startProgram();
    ann = await makeAccount(program);
  });
  afterAll(async () => await program.remove());

  const photo = { name: 'cat.png', mimeType: 'image/png', buffer: png(640, 420) };
  const report = { name: 'report.pdf', mimeType: 'application/pdf', buffer: pdf() };
  const notes = { name: 'notes.md', mimeType: 'text/markdown', buffer: Buffer.from('# Notes') };

  const composer = (page: Page) => page.getByRole('textbox', { name: 'Message' });
  const chips = (page: Page) => page.getByRole('list', { name: 'Files to send' }).getByRole('listitem');
  const mine = (page: Page) => page.locator('article[data-mine=true]');

  async function attach(page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]) {
    await page.locator('input[type=file]').setInputFiles(files);
  }

  /** A file as a page gets it when it is dropped or pasted. */
  async function give(page: Page, type: 'drop' | 'paste', name: string): Promise<void> {
    await composer(page).waitFor();
    const given = JSON.stringify([type, name, [...png(20, 20)]]);
    // As text: tests have no types of a page.
    await page.evaluate(`(([type, name, bytes]) => {
      const field = document.querySelector('[data-composer]');
      const files = new DataTransfer();
      files.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/png' }));
      const options = { bubbles: true, cancelable: true };
      if (type === 'paste') field.dispatchEvent(new ClipboardEvent(type, { clipboardData: files, ...options }));
      else for (const event of ['dragenter', 'dragover', 'drop'])
        field.dispatchEvent(new DragEvent(event, { dataTransfer: files, ...options }));
    })(${given})`);
  }

  test('are attached, shown, sent, and open by a click', async () => {
    const page = await browser.open({ viewport: DESKTOP });
    await openSignedIn(page, program, ann, '/chat');
    await attach(page, photo, report, notes);
    await chips(page).nth(2).waitFor();
    await expect.poll(async () => await chips(page).locator('text=Uploading').count()).toBe(0);
    await composer(page).fill('Look at these');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const sent = mine(page).last();
    await sent.getByText('Look at these').waitFor();
    const image = sent.getByRole('img', { name: 'cat.png' });
    await expect
      .poll(
        async () => await image.evaluate((one) => (one as unknown as { naturalWidth: number }).naturalWidth),
      )
      .toBe(640);
    await sent.getByRole('link', { name: 'report.pdf' }).waitFor();
    expect(await chips(page).count()).toBe(0);
    await page.getByRole('feed').getByText('can’t read files').waitFor();
    const [opened] = await Promise.all([page.waitForEvent('popup'), image.click()]);
    expect(opened.url()).toMatch(/\/api\/attachments\/[\w-]+\/content$/);
    await opened.close();
  });

  test('are dropped and pasted, removed, and kept with the draft', async () => {
    const page = await browser.open({ viewport: DESKTOP });
    await openSignedIn(page, program, ann, '/chat');
    await give(page, 'drop', 'dropped.png');
    await give(page, 'paste', 'pasted.png');
    await chips(page).getByText('pasted.png').waitFor();
    await expect.poll(async () => await chips(page).locator('text=Uploading').count()).toBe(0);
    await page.reload();
    await chips(page).getByText('dropped.png').waitFor();
    await page.getByRole('button', { name: 'Remove dropped.png' }).click();
    expect(await chips(page).allInnerTexts()).toEqual([expect.stringContaining('pasted.png')]);
    // Nothing but a file is a message, too.
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await mine(page).last().getByRole('img', { name: 'pasted.png' }).waitFor();
  });

  test('that are refused say why and hold the message back until they are removed', async () => {
    const page = await browser.open({ viewport: DESKTOP });
    await openSignedIn(page, program, ann, '/chat');
    const zip = {
      name: 'a.zip',
      mimeType: 'application/zip',
      buffer: Buffer.from('504b030414000600', 'hex'),
    };
    await attach(page, zip, { ...notes, buffer: Buffer.alloc(0) });
    await page.getByRole('alert').getByText('Files of type zip are not taken').waitFor();
    await page.getByRole('alert').getByText('It is empty').waitFor();
    await composer(page).fill('words');
    const send = page.getByRole('button', { name: 'Send', exact: true });
    expect(await send.isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Remove a.zip' }).click();
    await page.getByRole('button', { name: 'Remove notes.md' }).click();
    expect(await send.isDisabled()).toBe(false);
  });

  test('are uploaded again when the server could not be reached', async () => {
    const page = await browser.open({ viewport: DESKTOP });
    await openSignedIn(page, program, ann, '/chat');
    await page.route('**/api/attachments?*', async (route) => await route.abort(), { times: 1 });
    await attach(page, photo);
    await page.getByRole('alert').getByText('Famulus does not answer').waitFor();
    await page.getByRole('button', { name: 'Upload cat.png again' }).click();
    await expect.poll(async () => await chips(page).getByRole('button').count()).toBe(1);
    await page.getByRole('button', { name: 'Remove cat.png' }).click();
  });

  test.each([
    ['a desktop', DESKTOP, 'light', 'en-US'],
    ['a phone', PHONE, 'dark', 'ru-RU'],
  ] as const)('fit %s, and axe finds nothing', async (_, viewport, colorScheme, locale) => {
    const page = await browser.open({ viewport, colorScheme, locale });
    await openSignedIn(page, program, ann, '/chat');
    await mine(page).last().waitFor();
    const long = { ...report, name: 'a-rather-long-name-of-a-document-that-does-not-fit.pdf' };
    const wrong = { ...photo, name: 'broken.png', buffer: png(100_000, 100_000) };
    await attach(page, photo, long, wrong);
    await page.getByRole('alert').first().waitFor();
    await page.waitForLoadState('networkidle');
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${String(nodes[0]?.target)}`)).toEqual([]);
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(viewport.width);
    const shots = process.env['SCREENSHOTS'];
    if (shots) await page.screenshot({ path: `${shots}/attachments-${viewport.width}.png` });
  });
});
