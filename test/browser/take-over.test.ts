import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { makeAccount, signInPage, type BrowserAccount } from '#test/browser-account.ts';
import { hasChromium, testBrowser } from '#test/chromium.ts';
import { startChatServer, type ChatServer } from '#test/fakes/chat-server.ts';
import { startProgram, type Program } from '#test/program.ts';

const WORDS = Array.from({ length: 30 }, (_, index) => `word-${index} `);

describe.skipIf(!hasChromium)('a reply on screen', () => {
  const browser = testBrowser();
  let provider: ChatServer;
  let front: Program;
  let worker: Program;
  let account: BrowserAccount;

  const startWorker = async () =>
    await startProgram({
      dataDir: front.dataDir,
      services: ['assistant'],
      env: { ...provider.env, DEFAULT_MODEL: provider.model },
    });

  beforeAll(async () => {
    provider = await startChatServer(() => ({ text: WORDS, drip_ms: 150 }));
    front = await startProgram({
      services: ['api', 'scheduler', 'courier'],
      env: { ...provider.env, DEFAULT_MODEL: provider.model },
    });
    account = await makeAccount(front);
    worker = await startWorker();
  }, 120_000);

  afterAll(async () => {
    await worker.stop();
    await front.remove();
    await provider[Symbol.asyncDispose]();
  });

  test('goes on when its worker dies and another takes over, over a gap in the network, each word once', async () => {
    const page = await browser.open();
    await signInPage(page, front, account);
    await page.goto(`${front.url}/chat`);
    const composer = page.getByRole('textbox', { name: 'Message' });
    await composer.fill('Count for me');
    await composer.press('Enter');
    const reply = page.locator('article[data-mine=false]').last();
    await reply.getByText('word-5', { exact: false }).waitFor({ timeout: 30_000 });
    await worker.kill9();
    worker = await startWorker();
    await expect.poll(() => provider.asked.length, { timeout: 30_000 }).toBe(2);
    await page.context().setOffline(true);
    await page.context().setOffline(false);
    await reply.getByText('word-29', { exact: false }).waitFor({ timeout: 30_000 });
    const said = (await reply.innerText()).match(/word-\d+/g);
    expect(said).toEqual(WORDS.map((word) => word.trim()));
  }, 120_000);
});
