/**
 * From `./manage start` on a fresh data directory to the first reminder in the browser, by clicks and keys as a person
 * would: the printed link, the account, the composer. The reminder is set for 20 seconds. Prints when each step was done.
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { projectDirectory } from '#app/config.ts';
import { DESKTOP, launchChromium } from '#test/chromium.ts';
import { freePort } from '#test/free-port.ts';
import { PASSWORD } from '#test/browser-account.ts';

const REMINDER_S = 20;
const LIMIT_S = 60;
/** Between one key and the next, as somebody types who types well. */
const TYPING_MS = 60;

const begun = performance.now();
const steps: { step: string; s: number }[] = [];
function done(step: string): void {
  steps.push({ step, s: Math.round((performance.now() - begun) / 100) / 10 });
}

const dataDir = await mkdtemp(join(tmpdir(), 'famulus-first-minute-'));
const port = await freePort();
const args = ['start', '--data-dir', dataDir, '--port', String(port)];
const program = spawn(join(projectDirectory, 'manage'), args, { stdio: ['ignore', 'pipe', 'inherit'] });
const browser = await launchChromium();
try {
  const link = await printedLink();
  done('the link is printed');
  const page = await browser.newPage({ viewport: DESKTOP, locale: 'en-GB', timezoneId: 'Europe/Berlin' });
  await page.goto(link);
  const type = async (label: RegExp, text: string) =>
    await page.getByLabel(label).first().pressSequentially(text, { delay: TYPING_MS });
  await type(/^your name|^name/i, 'Ann');
  await type(/mail/i, 'ann@example.org');
  await type(/^password/i, PASSWORD);
  done('the form is filled in');
  await page.keyboard.press('Enter');
  const composer = page.locator('[data-composer]');
  await composer.waitFor();
  done('Today, signed in');
  const given = await composer.inputValue();
  if (!/1 minute/.test(given)) throw new Error(`the composer is pre-filled with ${JSON.stringify(given)}`);
  await composer.fill('');
  const words = `Remind me in ${REMINDER_S} seconds to stretch`;
  await composer.pressSequentially(words, { delay: TYPING_MS });
  await page.getByRole('button', { name: 'Remind me' }).click();
  done('the reminder is set');
  await page
    .getByText(/on time|came/i)
    .first()
    .waitFor({ timeout: 40_000 });
  done('the reminder is received');
  const total = (performance.now() - begun) / 1_000;
  for (const { step, s } of steps) console.log(`${String(s).padStart(6)} s  ${step}`);
  const figure = 'start to first reminder received';
  const value = Math.round(total * 10) / 10;
  console.log(
    JSON.stringify({
      bench: 'first-minute',
      figure,
      value,
      unit: 's',
      limit: LIMIT_S,
      reminder_s: REMINDER_S,
    }),
  );
  if (total > LIMIT_S) process.exitCode = 1;
} finally {
  await browser.close();
  program.kill('SIGTERM');
  await once(program, 'exit');
  await rm(dataDir, { recursive: true, force: true });
}

async function printedLink(): Promise<string> {
  let said = '';
  for await (const data of program.stdout) {
    said += String(data);
    const link = /http\S+\/setup#token=\S+/.exec(said)?.[0];
    if (link !== undefined) {
      program.stdout.resume();
      return link;
    }
  }
  throw new Error(`no link was printed: ${said}`);
}
