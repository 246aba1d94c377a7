import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAccount, openSignedIn, signInPage, type BrowserAccount } from '#test/browser-account.ts';
import { hasChromium, PHONE, testBrowser } from '#test/chromium.ts';
import { startProgram, type Program } from '#test/program.ts';
import { startSlowModel, type SlowModel } from '#test/slow-model.ts';

/** The machine may be slow. */
const patient = { timeout: 15_000 };

describe.skipIf(!hasChromium)('the chat', () => {
  const browser = testBrowser();
  let slow: SlowModel;
  let program: Program;
  let ann: BrowserAccount;

  beforeAll(async () => {
    slow = await startSlowModel(40);
    program = await startProgram({ env: slow.env });
    ann = await makeAccount(program);
  });
  afterAll(async () => {
    await program.remove();
    await slow[Symbol.asyncDispose]();
  });

  const composer = (page: Page) => page.getByRole('textbox', { name: 'Message' });
  const mine = (page: Page) => page.locator('article[data-mine=true]');
  const reply = (page: Page) => page.locator('article[data-mine=false]').last();
  const length = async (one: Locator) => (await one.innerText()).length;

  async function say(page: Page, text: string): Promise<void> {
    await composer(page).fill(text);
    await composer(page).press('Enter');
  }

  /** A thread of its own with the secretary, or with the slow model's assistant. */
  async function openThread(page: Page, { isSlow = false } = {}): Promise<void> {
    await signInPage(page, program, ann);
    const post = async (path: string, data: object) => {
      const answer = await page.request.post(program.url + path, { headers: { origin: program.url }, data });
      return (await answer.json()) as { id: string };
    };
    const main = await page.request.get(`${program.url}/api/threads/main`);
    const { assistant_id } = (await main.json()) as { assistant_id: string };
    const helper = { name: 'Helper', assistant_type: 'llm', model: slow.model };
    const { id } = await post('/api/threads', {
      assistant_id: isSlow ? (await post('/api/assistants', helper)).id : assistant_id,
    });
    await page.goto(`${program.url}/chat/${id}`);
    await page.getByText('What can I do for you?').waitFor();
  }

  test('an example is sent by a click and answered, with the tool that was used', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, ann, '/chat');
    await page.getByRole('button', { name: 'What time is it in Tokyo?' }).click();
    await reply(page).getByText('In Tokyo it is').waitFor();
    await page.getByRole('status').getByText('In Tokyo it is').waitFor({ state: 'attached' });
    const tool = reply(page).getByRole('button', { name: 'Time' });
    expect(await tool.getAttribute('aria-expanded')).toBe('false');
    await tool.click();
    await page.getByText('Asia/Tokyo', { exact: false }).first().waitFor();
  });

  test('a reply comes word by word, in both tabs, over a reload, and stops when it is told to', async () => {
    const page = await browser.open();
    await openThread(page, { isSlow: true });
    await say(page, 'Tell me a story');
    await expect.poll(async () => await length(reply(page)), patient).toBeGreaterThan(40);
    const tab = await page.context().newPage();
    await tab.goto(page.url());
    const seen = await length(reply(page));
    await page.reload();
    await expect.poll(async () => await length(reply(page)), patient).toBeGreaterThan(seen);
    await expect.poll(async () => await length(reply(tab)), patient).toBeGreaterThan(seen);
    await composer(page).press('Escape');
    await page.getByText('Stopped', { exact: true }).waitFor();
    await tab.getByText('Stopped', { exact: true }).waitFor();
  });

  test('a reply is made anew; the earlier version is a click away', async () => {
    const page = await browser.open();
    await openThread(page);
    await say(page, 'What time is it in Oslo?');
    await reply(page).hover();
    await page.getByRole('button', { name: 'Make the reply anew' }).click();
    await page.getByRole('button', { name: 'Earlier version' }).click();
    await expect
      .poll(async () => await page.getByRole('feed').getByText('In Oslo it is').count(), patient)
      .toBe(2);
  });

  test('ArrowUp edits the last message; sent, it takes the place of the old one', async () => {
    const page = await browser.open();
    await openThread(page);
    await say(page, 'What time is it in Oslo?');
    await reply(page).getByText('In Oslo it is').waitFor();
    await page.getByRole('button', { name: 'Stop the reply' }).waitFor({ state: 'detached' });
    await composer(page).press('ArrowUp');
    expect(await composer(page).inputValue()).toBe('What time is it in Oslo?');
    await say(page, 'What time is it in Lima?');
    await reply(page).getByText('In Lima it is').waitFor();
    expect(await mine(page).count()).toBe(1);
  });

  test('what is not sent stays, over a reload, and is sent once', async () => {
    const page = await browser.open();
    await openThread(page);
    await page.route('**/messages', async (route) => {
      await (route.request().method() === 'POST' ? route.abort() : route.fallback());
    });
    await say(page, 'What time is it in Rome?');
    await page.getByText('Not sent.').waitFor();
    await composer(page).fill('a draft');
    await page.reload();
    await page.getByText('Not sent.').waitFor();
    expect(await composer(page).inputValue()).toBe('a draft');
    await page.unroute('**/messages');
    await page.getByRole('button', { name: 'Try again' }).click();
    await reply(page).getByText('In Rome it is').waitFor();
    expect(await mine(page).count()).toBe(1);
  });

  test('a thread is renamed, archived and deleted, each time with a way back', async () => {
    const page = await browser.open();
    await openThread(page);
    const threads = page.getByRole('navigation', { name: 'Threads' });
    await threads.getByRole('button', { name: 'More for New thread' }).first().click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Title' }).fill('Plans');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Plans' }).waitFor();
    for (const what of ['Archive', 'Delete']) {
      await threads.getByRole('button', { name: 'More for Plans' }).click();
      await page.getByRole('menuitem', { name: what }).click();
      await threads.getByText('Plans').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Undo' }).last().click();
      await threads.getByText('Plans').waitFor();
    }
  });

  test('on a phone the threads are in a drawer, and nothing is wider than it', async () => {
    const page = await browser.open({ viewport: PHONE });
    await openThread(page);
    await page.getByRole('button', { name: 'Show the threads' }).click();
    await page
      .getByRole('dialog')
      .getByRole('link', { name: /Main thread/ })
      .click();
    await page.getByRole('heading', { level: 1, name: 'Main thread' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
  });
});
