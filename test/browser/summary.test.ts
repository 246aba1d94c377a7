import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#platform/ids/index.ts';
import { makeAccount, signInPage, type BrowserAccount } from '#test/browser-account.ts';
import { DESKTOP, hasChromium, PHONE, testBrowser } from '#test/chromium.ts';
import { connectToEmbedded } from '#test/embedded-connection.ts';
import { startProgram, type Program } from '#test/program.ts';
import { fillThread } from '../../bench/measure/long-thread.ts';

const TEXT = 'Ada moves on 1 December 2026. The new flat is in Lisbon; the key is with Rui.';

describe.skipIf(!hasChromium)('the summary of earlier messages', () => {
  const browser = testBrowser();
  let program: Program;
  let ann: BrowserAccount;
  let thread: string;

  beforeAll(async () => {
    program = await startProgram();
    ann = await makeAccount(program);
    thread = (await fillThread(program, ann, 12)).threadId;
    const owner = await connectToEmbedded(program);
    await owner.query(
      `insert into summaries (id, user_id, thread_id, up_to_seq, text, model)
       select $1, user_id, id, 8, $3, 'a/b' from threads where id = $2`,
      [newId(), thread, TEXT],
    );
    await owner.end();
  });
  afterAll(async () => await program.remove());

  const card = (page: Page) => page.getByRole('button', { name: 'Earlier messages in short' });

  async function open(viewport: typeof PHONE): Promise<Page> {
    const page = await browser.open({ viewport });
    await signInPage(page, program, ann);
    await page.goto(`${program.url}/chat/${thread}`);
    await card(page).waitFor();
    return page;
  }

  test('stands folded behind what it stands for, is rewritten, deleted, and that taken back', async () => {
    const page = await open(PHONE);
    expect(await page.getByText(TEXT).isVisible()).toBe(false);
    await card(page).click();
    await page.getByText(TEXT).waitFor();
    expect(await card(page).getAttribute('aria-expanded')).toBe('true');
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.getByRole('button', { name: 'Rewrite the summary' }).click();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.getByRole('textbox', { name: 'Earlier messages in short' }).fill('Ada moves to Lisbon.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Ada moves to Lisbon.').waitFor();
    const other = await open(DESKTOP);
    await card(other).click();
    await other.getByText('Ada moves to Lisbon.').waitFor();
    await page.getByRole('button', { name: 'Delete the summary' }).click();
    await card(page).waitFor({ state: 'detached' });
    await card(other).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await card(other).waitFor();
  });
});
