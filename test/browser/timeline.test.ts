import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { makeAccount, openSignedIn } from '#test/browser-account.ts';
import { hasChromium, testBrowser } from '#test/chromium.ts';
import { noonZone } from '#test/noon-zone.ts';
import { startProgram, type Program } from '#test/program.ts';

const DAY_MS = 86_400_000;
const timezone = noonZone();

/** The day so many days from now, where it is noon. */
function day(ahead: number): string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short' });
  return format.format(Date.now() + ahead * DAY_MS);
}

describe.skipIf(!hasChromium)('Timeline', () => {
  const browser = testBrowser();
  let program: Program;

  beforeAll(async () => {
    program = await startProgram();
  });
  afterAll(async () => await program.remove());

  async function remind(page: Page, reminder: Record<string, unknown>): Promise<string> {
    const answer = await page.request.post(`${program.url}/api/reminders`, {
      data: { type: 'one_time', ...reminder },
      headers: { origin: program.url },
    });
    if (!answer.ok()) throw new Error(await answer.text());
    return ((await answer.json()) as { id: string }).id;
  }
  const soon = (ms: number) => new Date(Date.now() + ms).toISOString();
  function line(page: Page, text: string) {
    return page.locator('[data-timeline-line]').filter({ hasText: text });
  }
  async function tops(page: Page, ...texts: string[]): Promise<number[]> {
    return await Promise.all(
      texts.map(async (text) => (await page.getByText(text, { exact: true }).first().boundingBox())?.y ?? -1),
    );
  }

  test('what comes is there by itself, and above the present once it has come', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, await makeAccount(program, { timezone }), '/timeline');
    await page.getByText('Nothing is set').waitFor();
    await remind(page, { text: 'the far one', local_time: `${day(3)}T09:00` });
    await line(page, 'the far one').waitFor();
    await remind(page, { text: 'the near one', trigger_at: soon(2_000) });
    const was = page.getByRole('list', { name: 'What was due today' });
    await was.getByText('the near one').waitFor();
    await was.getByText('Delivered').waitFor();
    await was.getByText('came on time').waitFor();
    await page
      .getByRole('list', { name: 'What comes' })
      .getByText('the near one')
      .waitFor({ state: 'detached' });
    const now = page.getByText(/^Now, /);
    const [past = 0, far = 0] = await tops(page, 'the near one', 'the far one');
    const present = (await now.boundingBox())?.y ?? -1;
    expect(past).toBeLessThan(present);
    expect(far).toBeGreaterThan(present);
  });

  test('one for each minute does not drown what else comes, nor do many at one moment', async () => {
    const page = await browser.open();
    const account = await makeAccount(program, { timezone });
    await openSignedIn(page, program, account, '/timeline');
    await remind(page, { type: 'recurring', text: 'breathe', cron_expression: '* * * * *' });
    const at = `${day(1)}T09:00`;
    for (let errand = 1; errand <= 7; errand += 1)
      await remind(page, { text: `errand ${errand}`, local_time: at });
    await page.getByRole('button', { name: '+ 4 more at 09:00' }).waitFor();
    expect(await line(page, 'errand').count()).toBe(3);
    await page.getByRole('button', { name: '+ 4 more at 09:00' }).click();
    expect(await line(page, 'errand').count()).toBe(7);

    const tomorrow = page.getByRole('region', { name: /^Tomorrow/ });
    const often = tomorrow.getByRole('button', { name: /^[\d,]+ times, 12:00 AM to / });
    expect(await tomorrow.locator('[data-timeline-line]').filter({ hasText: 'breathe' }).count()).toBe(1);
    await often.focus();
    await page.keyboard.press('Enter');
    await tomorrow
      .getByRole('listitem')
      .filter({ hasText: /^12:01 AM$/ })
      .waitFor();
  });

  test('days without anything are one line, what is far away is a step or a jump away', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, await makeAccount(program, { timezone }), '/timeline');
    await remind(page, { text: 'in a few days', local_time: `${day(4)}T10:00` });
    await remind(page, { text: 'in a while', local_time: `${day(40)}T10:00` });
    await line(page, 'in a few days').waitFor();
    expect(await page.getByText(/^Nothing until /).count()).toBe(2);
    expect(await line(page, 'in a while').count()).toBe(0);
    await page.getByRole('button', { name: 'Further' }).click();
    await line(page, 'in a while').waitFor();
    await page.getByText('Nothing more is set').waitFor();

    await page.getByLabel('Go to a day').fill(day(39));
    await page.waitForURL(`**/timeline?day=${day(39)}`);
    await line(page, 'in a few days').waitFor({ state: 'detached' });
    await line(page, 'in a while').waitFor();
    await page.getByRole('button', { name: 'Today' }).click();
    await line(page, 'in a few days').waitFor();
  });

  test('it is filtered by words, and leads to the reminder, by keyboard alone', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, await makeAccount(program, { timezone }));
    await remind(page, { text: 'call the dentist', local_time: `${day(1)}T10:00` });
    await remind(page, { text: 'call Mum', local_time: `${day(1)}T11:00` });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('main').focus();
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await page.waitForURL('**/timeline');
    await line(page, 'call Mum').waitFor();
    await page.getByLabel('Search what comes').focus();
    await page.keyboard.type('DENT call');
    await line(page, 'call Mum').waitFor({ state: 'detached' });
    await page.getByRole('status').filter({ hasText: '1 time found' }).waitFor();
    const link = page.getByRole('link', { name: 'call the dentist' });
    for (let presses = 0; presses < 10; presses += 1) {
      if (await link.evaluate((element) => element === element.ownerDocument.activeElement)) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.waitForURL('**/reminders/*');
  });

  test('what is of another zone says its own time, a day of other clocks its hours', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, await makeAccount(program), '/timeline?day=2031-03-30');
    await remind(page, { text: 'call Kenji', local_time: '2031-03-30T18:00', timezone: 'Asia/Tokyo' });
    await line(page, 'call Kenji').getByText('06:00 PM in Asia/Tokyo').waitFor();
    await page.getByText('The clocks change: this day has 23 hours').waitFor();
  });

  test('one that asks again is done from here', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, await makeAccount(program, { timezone }), '/timeline');
    const id = await remind(page, { text: 'take the pills', trigger_at: soon(1_000), nag_every_s: 600 });
    const again = page.getByRole('list', { name: 'What comes' });
    await again.getByText(/^Asks again at \d\d:\d\d/).waitFor();
    await again.getByRole('button', { name: 'Done: take the pills' }).click();
    await again.waitFor({ state: 'detached' });
    const stored = async () =>
      (await (await page.request.get(`${program.url}/api/reminders/${id}`)).json()) as Record<
        string,
        unknown
      >;
    await expect.poll(stored).toMatchObject({ status: 'completed', nagging_since: null });
  });
});
