import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAccount, signInPage, type BrowserAccount } from '#test/browser-account.ts';
import { hasChromium, PHONE, testBrowser } from '#test/chromium.ts';
import { startFakeModels, type FakeModels } from '#test/fakes/aimock.ts';
import { noonZone } from '#test/noon-zone.ts';
import { startProgram, type Program } from '#test/program.ts';

/** The machine may be slow. */
const patient = { timeout: 15_000 };
const remember = { name: 'memory', input: { action: 'remember', key: 'tea', value: 'no sugar' } };

describe.skipIf(!hasChromium)('what asks first', () => {
  const browser = testBrowser();
  let models: FakeModels;
  let program: Program;
  let ann: BrowserAccount;

  beforeAll(async () => {
    models = await startFakeModels();
    models.calls('about my tea', remember, 'I will remember it.', { input: 1_200, output: 34 });
    models.calls('dinner', { name: 'ask_cook', input: { task: 'What about my tea?' } }, 'The cook knows.');
    models.says('hello', 'Hello yourself.', { input: 20, output: 3 });
    program = await startProgram({ env: models.env('compatible') });
    ann = await makeAccount(program);
  });
  afterAll(async () => {
    await program.remove();
    await models[Symbol.asyncDispose]();
  });

  /** Asks the API as the page's user. */
  async function ask<T>(page: Page, method: string, path: string, data?: object): Promise<T> {
    const answer = await page.request.fetch(program.url + path, {
      method,
      headers: { origin: program.url },
      ...(data && { data }),
    });
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  async function makeAssistant(page: Page, name: string, tools: Record<string, object>): Promise<string> {
    const { id } = await ask<{ id: string }>(page, 'POST', '/api/assistants', {
      name,
      model: 'compatible/fake',
    });
    const { items } = await ask<{ items: { id: string; name: string }[] }>(
      page,
      'GET',
      '/api/tools?limit=200',
    );
    for (const [tool, terms] of Object.entries(tools)) {
      const found = items.find((one) => one.name === tool);
      await ask(page, 'PUT', `/api/assistants/${id}/tools/${found?.id}`, terms);
    }
    return id;
  }

  /** A thread in which a call waits for a decision. */
  async function openWaiting(page: Page, assistantId: string, text: string): Promise<string> {
    const thread = await ask<{ id: string }>(page, 'POST', '/api/threads', {
      assistant_id: assistantId,
      title: 'Tea',
    });
    await ask(page, 'POST', `/api/threads/${thread.id}/messages`, { text });
    const waiting = async () =>
      (await ask<{ items: unknown[] }>(page, 'GET', `/api/approvals?status=pending&thread_id=${thread.id}`))
        .items.length;
    await expect.poll(waiting, patient).toBe(1);
    return thread.id;
  }

  const approvals = (page: Page) => page.getByRole('article');

  test('is decided in the inbox by keyboard, one after the other, and kept with who decided where', async () => {
    const page = await browser.open();
    await signInPage(page, program, ann);
    const helper = await makeAssistant(page, 'Helper', { memory: { approval: 'ask' } });
    for (let count = 0; count < 2; count += 1) await openWaiting(page, helper, 'Remember about my tea');
    await page.goto(`${program.url}/approvals`);
    await page.getByRole('link', { name: 'Approvals 2 open' }).waitFor();
    await approvals(page).first().getByText('no sugar').waitFor();
    await approvals(page).first().getByText('It always asks.').waitFor();
    await approvals(page).first().focus();
    await page.keyboard.press('a');
    await expect.poll(async () => await approvals(page).count(), patient).toBe(1);
    await page.keyboard.press('r');
    await page.getByText('Nothing waits for you').waitFor();
    await page.getByRole('tab', { name: 'Decided' }).click();
    await page.getByText('Rejected', { exact: true }).waitFor();
    await page
      .getByText(/by you on the web/)
      .first()
      .waitFor();
    await page.getByText('carried out', { exact: true }).waitFor();
    const { items } = await ask<{ items: { value: string }[] }>(page, 'GET', '/api/memories');
    expect(items.map(({ value }) => value)).toEqual(['no sugar']);
  });

  test('letters do nothing when single keys are off, nor without the focus', async () => {
    const page = await browser.open();
    await signInPage(page, program, ann);
    const helper = await makeAssistant(page, 'Quiet', { memory: { approval: 'ask' } });
    const thread = await openWaiting(page, helper, 'Remember about my tea');
    await ask(page, 'PATCH', '/api/me', { preferences: { shortcuts: false } });
    await page.goto(`${program.url}/approvals`);
    await approvals(page).first().focus();
    await page.keyboard.press('a');
    await ask(page, 'PATCH', '/api/me', { preferences: { shortcuts: true } });
    await page.reload();
    await approvals(page).first().waitFor();
    await page.keyboard.press('a');
    await ask(page, 'POST', `/api/threads/${thread}/stop`, {});
    await page.getByText('Nothing waits for you').waitFor();
    await page.getByRole('tab', { name: 'Decided' }).click();
    await page.getByText('Lapsed').first().waitFor();
  });

  test('what was decided elsewhere is taken back, and said', async () => {
    const page = await browser.open();
    await signInPage(page, program, ann);
    const helper = await makeAssistant(page, 'Late', { memory: { approval: 'ask' } });
    await openWaiting(page, helper, 'Remember about my tea');
    await page.goto(`${program.url}/approvals`);
    await page.route('**/approve', async (route) => {
      const { id } = (await ask<{ items: { id: string }[] }>(page, 'GET', '/api/approvals?status=pending'))
        .items[0]!;
      await ask(page, 'POST', `/api/approvals/${id}/reject`);
      await route.fallback();
    });
    await page.getByRole('button', { name: 'Approve: Memory' }).click();
    await page.getByText('This was decided already, in another place.').waitFor();
    await page.getByRole('tab', { name: 'Decided' }).click();
    await page.getByText('Rejected', { exact: true }).first().waitFor();
  });

  test('is decided in the chat, within what a sub-assistant does; later messages go on meanwhile', async () => {
    const page = await browser.open({ viewport: PHONE });
    await signInPage(page, program, ann);
    const cook = await makeAssistant(page, 'Cook', { memory: { approval: 'ask' } });
    await ask(page, 'POST', '/api/tools', {
      name: 'ask_cook',
      description: 'Asks the cook.',
      tool_type: 'sub_assistant',
      assistant_id: cook,
    });
    const host = await makeAssistant(page, 'Host', { ask_cook: {} });
    const thread = await openWaiting(page, host, 'What is for dinner?');
    await page.goto(`${program.url}/chat/${thread}`);
    await page.getByText('It waits for your decision above').waitFor();
    await page.getByRole('textbox', { name: 'Message' }).fill('hello');
    await page.getByRole('textbox', { name: 'Message' }).press('Enter');
    await page.getByRole('feed').getByText('Hello yourself.').waitFor();
    await page.getByRole('region', { name: 'What Cook did' }).getByText('no sugar').first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
    await page.getByRole('button', { name: 'Approve: Memory' }).click();
    await page.getByRole('feed').getByText('The cook knows.').waitFor();
    const call = page.getByRole('button', { name: /Ask cook · Cook/ });
    await expect.poll(async () => await call.getAttribute('aria-expanded'), patient).toBe('false');
    await call.click();
    await page.getByText('I will remember it.').waitFor();
  });

  test('what it took is on the page of usage, as bars and as a table', async () => {
    const page = await browser.open();
    const bob = await makeAccount(program, { name: 'Bob', timezone: noonZone() });
    await signInPage(page, program, bob);
    await page.goto(`${program.url}/usage`);
    await page.getByText('No model was asked').waitFor();
    const helper = await makeAssistant(page, 'Counted', {});
    const thread = await ask<{ id: string }>(page, 'POST', '/api/threads', {
      assistant_id: helper,
      title: 'Greetings',
    });
    await ask(page, 'POST', `/api/threads/${thread.id}/messages?wait=20`, { text: 'hello' });
    await page.getByRole('table', { name: 'By model' }).getByText('compatible/fake').waitFor();
    await page.getByText('For 1 request the price is not known').waitFor();
    await page.getByRole('table', { name: 'By assistant' }).getByRole('link', { name: 'Counted' }).waitFor();
    await page.getByRole('button', { name: 'As a table' }).click();
    const row = page.getByRole('table', { name: 'By day' }).getByRole('row').last();
    expect(await row.innerText()).toContain('23');
    await page.getByRole('table', { name: 'What for' }).getByRole('link', { name: 'Greetings' }).click();
    await page.getByRole('heading', { level: 1, name: 'Greetings' }).waitFor();
  });

  test('an assistant is tried beside its form, in a thread that goes with the test', async () => {
    const page = await browser.open();
    const eve = await makeAccount(program, { name: 'Eve' });
    await signInPage(page, program, eve);
    const helper = await makeAssistant(page, 'Tried', {});
    await page.goto(`${program.url}/assistants/${helper}`);
    await page.getByRole('textbox', { name: 'Instructions' }).fill('Be brief.');
    const pane = page.getByRole('region', { name: 'Test' });
    await pane.getByRole('button', { name: 'Save and test' }).click();
    await pane.getByRole('textbox', { name: 'Message' }).fill('hello');
    await pane.getByRole('textbox', { name: 'Message' }).press('Enter');
    await pane.getByRole('feed').getByText('Hello yourself.').waitFor();
    await pane.getByText('23 tokens').waitFor();
    expect(JSON.stringify(models.asked().at(-1))).toContain('Be brief.');
    const titles = async () =>
      (await ask<{ items: { title: string | null }[] }>(page, 'GET', '/api/threads')).items.map(
        ({ title }) => title,
      );
    expect(await titles()).toContain('Test');
    await pane.getByRole('button', { name: 'End the test' }).click();
    await expect.poll(titles, patient).not.toContain('Test');
    await pane.getByRole('button', { name: 'Start a test' }).click();
    await pane.getByRole('textbox', { name: 'Message' }).waitFor();
    await page.getByRole('link', { name: 'Tools', exact: true }).click();
    await expect.poll(titles, patient).not.toContain('Test');
  });
});
