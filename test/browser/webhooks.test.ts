import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { makeAccount, openSignedIn, type BrowserAccount } from '#test/browser-account.ts';
import { hasChromium, testBrowser } from '#test/chromium.ts';
import { startProgram, type Program } from '#test/program.ts';
import { isSignedBy, startWebhookReceiver, type WebhookReceiver } from '#test/webhook-receiver.ts';

describe.skipIf(!hasChromium)('webhooks in the settings', () => {
  const browser = testBrowser();
  let receiver: WebhookReceiver;
  let program: Program;
  let ann: BrowserAccount;

  beforeAll(async () => {
    receiver = await startWebhookReceiver();
    program = await startProgram({ env: { OUTBOUND_ALLOW: new URL(receiver.url).host } });
    ann = await makeAccount(program, { admin: true });
  });
  afterAll(async () => {
    await program.remove();
    await receiver.close();
  });

  test(
    'one is set up, tested, looked at, switched off and deleted, on a phone',
    { timeout: 120_000 },
    async () => {
      const page = await browser.open({ viewport: { width: 390, height: 760 } });
      await openSignedIn(page, program, ann, '/settings/webhooks');
      const shots = process.env['SHOTS'];
      const look = async (name: string) => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
        expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
        if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}.png` });
      };
      await page.getByText('You have none.').waitFor();
      await page.getByRole('button', { name: 'New webhook' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Set it up' }).click();
      await dialog.getByText('Give an address that begins').waitFor();
      await dialog.getByLabel('Address').fill(receiver.url);
      await dialog.getByLabel('Description').fill('n8n at home');
      await dialog.getByLabel('message.completed').check();
      await look('new');
      await dialog.getByRole('button', { name: 'Set it up' }).click();
      const secret = (await dialog.locator('pre').innerText()).trim();
      expect(secret).toMatch(/^whsec_/);
      await look('secret');
      await dialog.getByRole('button', { name: 'I have kept it' }).click();
      await page.getByText('reminder.fired, message.completed').waitFor();

      await page.getByRole('button', { name: 'Send a test to' }).click();
      await page.getByText('The test was taken').waitFor();
      expect(isSignedBy(receiver.received[0]!, secret)).toBe(true);
      receiver.react = () => 500;
      await page.getByRole('button', { name: 'Send a test to' }).click();
      await page.getByText('it answered 500').first().waitFor();

      const choose = async (item: string) => {
        await page.getByRole('button', { name: 'More: 127.0.0.1' }).click();
        await page.getByRole('menuitem', { name: item }).click();
        await page.getByRole('menu').waitFor({ state: 'hidden' });
      };
      await choose('Messages');
      await dialog.getByText('webhook.test').nth(1).waitFor();
      await look('messages');
      receiver.react = () => 204;
      await dialog.getByRole('button', { name: 'Send again: webhook.test' }).first().click();
      await expect.poll(() => receiver.received.length).toBe(3);
      await dialog.getByRole('button', { name: 'Close' }).click();
      await choose('Switch off');
      await page.getByText('Off', { exact: true }).waitFor();
      await look('off');
      await choose('New secret');
      await dialog.getByRole('button', { name: 'Make a new secret' }).click();
      expect((await dialog.locator('pre').innerText()).trim()).not.toBe(secret);
      await dialog.getByRole('button', { name: 'I have kept it' }).click();
      await choose('Delete');
      await dialog.getByRole('button', { name: 'Delete' }).click();
      await page.getByText('You have none.').waitFor();
    },
  );
});
