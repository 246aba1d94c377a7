import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { makeAccount, openSignedIn, type BrowserAccount } from '#test/browser-account.ts';
import { DESKTOP, hasChromium, PHONE, testBrowser } from '#test/chromium.ts';
import { startFakeMcp, type FakeMcp } from '#test/fakes/mcp-server.ts';
import { startProgram, type Program } from '#test/program.ts';

const CHANGED = 'has changed: each call is asked for until an admin has looked at it';

const schema = { type: 'object', properties: { room: { type: 'string' } }, required: ['room'] };

describe.skipIf(!hasChromium)('tools', () => {
  const browser = testBrowser();
  let fake: FakeMcp;
  let program: Program;

  beforeAll(async () => {
    fake = await startFakeMcp();
    program = await startProgram({ env: { OUTBOUND_ALLOW: fake.host } });
  });
  afterAll(async () => {
    await program.remove();
    await fake[Symbol.asyncDispose]();
  });

  async function look(page: Page, name: string): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(page.viewportSize()!.width);
    const shots = process.env['SHOTS'];
    if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}.png` });
  }

  async function more(page: Page, name: string, item: string): Promise<void> {
    await page.getByRole('button', { name: `More: ${name}` }).click();
    await page.getByRole('menuitem', { name: item, exact: true }).click();
    await page.getByRole('menu').waitFor({ state: 'hidden' });
  }

  async function ask<T>(page: Page, method: string, path: string, data?: object): Promise<T> {
    const headers = { origin: program.url };
    const answer = await page.request.fetch(program.url + path, { method, headers, ...(data && { data }) });
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    const viewport = colorScheme === 'dark' ? PHONE : DESKTOP;
    test(`a web request of one’s own is made, refused, edited: ${colorScheme}`, async () => {
      const page = await browser.open({ colorScheme, viewport });
      const ann: BrowserAccount = await makeAccount(program);
      await openSignedIn(page, program, ann, '/tools');
      await page.getByText('You have no tools of your own').waitFor();
      await page.getByRole('button', { name: 'New', exact: true }).click();
      const form = page.getByRole('dialog');
      await form.getByText('Calls an address').click();
      await form.getByLabel('Name', { exact: true }).fill('lamps');
      await form.getByLabel('What it is for', { exact: true }).fill('Switches lamps on.');
      await form.getByLabel('Method', { exact: true }).selectOption('POST');
      await form.getByLabel('Address', { exact: true }).fill('https://{room}.example.test/on');
      await form.getByRole('button', { name: 'Query: add' }).click();
      await form.getByLabel('Query: name 1', { exact: true }).fill('level');
      await form.getByLabel('Query: value 1', { exact: true }).fill('3');
      await form.getByRole('button', { name: 'Secret headers: add' }).click();
      await form.getByLabel('Secret headers: name 1', { exact: true }).fill('Authorization');
      await form.getByLabel('Body', { exact: true }).selectOption('json');
      await form.getByLabel('Template of the body', { exact: true }).fill('{"room": ');
      await form.getByLabel('Input schema', { exact: true }).fill(JSON.stringify(schema));
      await form.getByRole('button', { name: 'Create' }).click();
      await form.getByText('This is no JSON.').waitFor();
      await form.getByText('Give it a value.').waitFor();
      await form.getByLabel('Template of the body', { exact: true }).fill('{"room": "{room}"}');
      await form.getByLabel('Secret headers: value 1', { exact: true }).fill('Bearer abc');
      await look(page, `new-${colorScheme}`);

      await form.getByRole('button', { name: 'Create' }).click();
      const address = form.getByLabel('Address', { exact: true });
      await form.getByText('Braces may stand after the host only').waitFor();
      await expect.poll(async () => await address.getAttribute('aria-invalid')).toBe('true');
      await look(page, `refused-${colorScheme}`);
      await address.fill('https://home.example.test/rooms/{room}');
      await form.getByRole('button', { name: 'Create' }).click();
      const own = page.getByRole('list', { name: 'My own' });
      await own.getByText('POST home.example.test').waitFor();
      await look(page, `list-${colorScheme}`);

      await more(page, 'lamps', 'Edit');
      await form.getByText('set', { exact: true }).waitFor();
      expect(await form.getByLabel('Secret headers: value 1', { exact: true }).inputValue()).toBe('');
      await address.fill('https://lamps.example.test/rooms/{room}');
      const sent = page.waitForRequest((request) => request.method() === 'PATCH');
      await form.getByRole('button', { name: 'Save' }).click();
      const config = {
        method: 'POST',
        url: 'https://lamps.example.test/rooms/{room}',
        query: { level: '3' },
        secret_headers: { Authorization: true },
        body: { room: '{room}' },
      };
      expect((await sent).postDataJSON()).toEqual({ config });
      await own.getByText('POST lamps.example.test').waitFor();
      const { items } = await ask<{ items: { name: string; config: object }[] }>(page, 'GET', '/api/tools');
      expect(items.find(({ name }) => name === 'lamps')?.config).toEqual(config);
    });
  }

  test('of a server that have changed are marked, in the list and where an assistant has them', async () => {
    const page = await browser.open({ viewport: PHONE });
    await openSignedIn(page, program, await makeAccount(program, { name: 'Bea', admin: true }), '/tools');
    const server = await ask<{ id: string }>(page, 'POST', '/api/mcp/servers', {
      name: 'notes',
      transport: 'http',
      url: fake.url,
    });
    const { items } = await ask<{ items: { id: string; name: string }[] }>(
      page,
      'GET',
      '/api/tools?limit=200',
    );
    const tool = items.find(({ name }) => name === 'notes_echo');
    const assistant = await ask<{ id: string }>(page, 'POST', '/api/assistants', { name: 'Scribe' });
    await ask(page, 'PUT', `/api/assistants/${assistant.id}/tools/${tool?.id}`, {});
    fake.tools.find(({ name }) => name === 'echo')!.description = 'Something else.';
    await ask(page, 'POST', `/api/mcp/servers/${server.id}/refresh`);
    await page.reload();
    await page.getByRole('list', { name: 'Of the MCP server notes' }).getByText('notes_slow').waitFor();
    expect(await page.getByRole('list', { name: 'Built in' }).getByText('notes').count()).toBe(0);
    const row = page.getByRole('listitem').filter({ hasText: 'notes_echo' });
    await row.getByText(CHANGED).waitFor();
    expect(await page.getByText(CHANGED).count()).toBe(1);
    await look(page, 'changed');
    await page.goto(`${program.url}/assistants/${assistant.id}`);
    await row.getByText(CHANGED).waitFor();
  });
});
