import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { makeAccount, openSignedIn, type BrowserAccount } from '#test/browser-account.ts';
import { hasChromium, PHONE, testBrowser } from '#test/chromium.ts';
import { startProgram, type Program } from '#test/program.ts';

describe.skipIf(!hasChromium)('Memory', () => {
  const browser = testBrowser();
  let program: Program;
  let ann: BrowserAccount;

  beforeAll(async () => {
    program = await startProgram();
    ann = await makeAccount(program);
  });
  afterAll(async () => await program.remove());

  test('is written, found, changed in its place and forgotten', async () => {
    const page = await browser.open({ viewport: PHONE });
    await openSignedIn(page, program, ann, '/memory');
    // The example works.
    await page.getByRole('button', { name: 'favourite tea: Darjeeling, without milk' }).click();
    await page.getByRole('button', { name: 'Remember', exact: true }).click();
    const list = page.getByRole('list', { name: 'What is remembered' });
    await list.getByText('favourite tea').waitFor();

    // A key is there once, and its field says so.
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByLabel('What it is about').fill('favourite tea');
    await page.getByLabel('What to remember').fill('Assam');
    await page.getByRole('button', { name: 'Remember', exact: true }).click();
    await page.getByText('This is taken already.').waitFor();
    expect(await page.evaluate('document.activeElement.getAttribute("name")')).toBe('key');
    await page.getByLabel('What it is about').fill('wifi password');
    await page.getByRole('button', { name: 'Remember', exact: true }).click();
    await list.getByText('wifi password').waitFor();

    await page.getByLabel('Search').fill('darjeeling');
    await list.getByText('wifi password').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'More: favourite tea' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await page.getByLabel('What to remember').fill('Darjeeling, second flush');
    await page.getByRole('button', { name: 'Save' }).click();
    await list.getByText('second flush').waitFor();

    await page.getByRole('button', { name: 'More: favourite tea' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByText('Nothing found').waitFor();
    await page
      .getByRole('alert')
      .filter({ hasText: 'Forgotten' })
      .getByRole('button', { name: 'Undo' })
      .click();
    await list.getByText('second flush').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
  });

  test('is read from a file, looked at first, and trusted', async () => {
    const page = await browser.open({ viewport: PHONE });
    await openSignedIn(page, program, ann, '/memory');
    const items = [
      { key: 'hotel', value: 'Aurora' },
      { key: 'wifi password', value: 'x' },
      { key: 'no value' },
    ];
    const file = {
      name: 'facts.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(items)),
    };
    await page.getByLabel('File to import').setInputFiles(file);
    const panel = page.getByRole('region', { name: 'Import' });
    await panel.getByText('New: 1').waitFor();
    await panel.getByText('You have already, and keep as they are: 1').waitFor();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await panel.getByRole('button', { name: 'Import' }).click();
    const list = page.getByRole('list', { name: 'What is remembered' });
    await list.getByText('Aurora').waitFor();

    await page.getByLabel('Show').selectOption('A stranger’s words');
    await list.getByText('wifi password').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'More: hotel' }).click();
    await page.getByRole('menuitem', { name: 'It is right: trust it' }).click();
    await page.getByText('There are no memories of this kind.').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
  });

  test.each(['light', 'dark'] as const)('passes axe in %s', async (colorScheme) => {
    const page = await browser.open({ colorScheme });
    await openSignedIn(page, program, ann, '/memory');
    await page.getByRole('list', { name: 'What is remembered' }).waitFor();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
});
