/**
 * Makes the pictures of the README (docs/images) from the real program: `npm run screenshots`. Looked at, not compared:
 * times in them are those of the day.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

import { projectDirectory } from '#app/config.ts';
import { makeAccount, signInPage } from '#test/browser-account.ts';
import { launchChromium } from '#test/chromium.ts';
import { startProgram } from '#test/program.ts';

const folder = join(projectDirectory, 'docs/images');
const wide = { width: 1100, height: 760 };
const phone = { width: 390, height: 760 };

await mkdir(folder, { recursive: true });
await using program = await startProgram();
const account = await makeAccount(program, { name: 'Ada', admin: true });
const browser = await launchChromium();

async function open(options: { colorScheme: 'light' | 'dark'; viewport: typeof wide }): Promise<Page> {
  const context = await browser.newContext({ ...options, locale: 'en-GB', timezoneId: 'Europe/Berlin' });
  const page = await context.newPage();
  await signInPage(page, program, account);
  return page;
}

async function shoot(page: Page, path: string, name: string): Promise<void> {
  await page.goto(`${program.url}${path}`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

const light = await open({ colorScheme: 'light', viewport: wide });
const say = async (text: string) => {
  const { code, stderr } = await program.run(['chat', text, '--user', account.email]);
  if (code !== 0) throw new Error(stderr);
};
await say('remind me in 1 second to take the bread out of the oven');
await say('what time is it?');
await say('remind me tomorrow at 9:00 to call the dentist');
await say('remind me every weekday at 11:00 to stretch');
await say('remind me on Friday at 18:00 to water the plants');
await say('remind me every second Friday at 9:00 to take out the paper');
await say('what are my reminders?');
await light.request.post(`${program.url}/api/notifications/read`, {
  data: { all: true },
  headers: { origin: program.url },
});

await shoot(light, '/', 'today-light');
await shoot(light, '/reminders', 'reminders-light');
await shoot(light, '/timeline', 'timeline-light');
await shoot(await open({ colorScheme: 'dark', viewport: wide }), '/chat', 'chat-dark');
await shoot(await open({ colorScheme: 'light', viewport: phone }), '/', 'today-phone');
await shoot(await open({ colorScheme: 'dark', viewport: phone }), '/timeline', 'timeline-phone');
await browser.close();
