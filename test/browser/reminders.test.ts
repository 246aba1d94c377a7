import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { makeAccount, openSignedIn } from '#test/browser-account.ts';
import { hasChromium, testBrowser } from '#test/chromium.ts';
import { connectToEmbedded } from '#test/embedded-connection.ts';
import { startProgram, type Program } from '#test/program.ts';

interface Listed {
  items: { text?: string; payload: { text: string }; status: string }[];
}

describe.skipIf(!hasChromium)('reminders', () => {
  const browser = testBrowser();
  let program: Program;

  beforeAll(async () => {
    program = await startProgram();
  });
  afterAll(async () => await program.remove());

  async function statuses(page: Page): Promise<string[]> {
    const response = await page.request.get(`${program.url}/api/reminders`);
    return ((await response.json()) as Listed).items.map(({ status }) => status);
  }
  function row(page: Page, text: string) {
    return page.locator('[data-reminder-row]').filter({ hasText: text });
  }
  function toast(page: Page, text: string) {
    return page.getByRole('alert').filter({ hasText: text });
  }

  test('words show what they mean while they are typed, and Enter saves that', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, await makeAccount(program), '/reminders?tab=recurring');
    await page.getByRole('button', { name: /stretch every weekday/ }).click();
    await page.getByText('every weekday at 11:00', { exact: true }).waitFor();
    expect(await page.getByRole('list', { name: 'Next times' }).getByRole('listitem').count()).toBe(3);
    await page.keyboard.press('Enter');
    await row(page, 'stretch').getByText('Every weekday at 11:00').waitFor();
    expect(await page.getByLabel('Remind me').inputValue()).toBe('');

    await page.getByLabel('Remind me').fill('drink water');
    await page
      .getByText(/^When\?/)
      .last()
      .waitFor();
    await page.keyboard.press('Enter');
    expect(await statuses(page)).toEqual(['active']);
  });

  test('what was said in words is there in the fields, and back', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, await makeAccount(program), '/reminders');
    await page.getByLabel('Remind me').fill('call Mum every Sunday at 18:00');
    await page.getByText('every Sunday at 18:00', { exact: true }).waitFor();
    await page.getByText('By fields').click();
    expect(await page.getByLabel('What to say').inputValue()).toBe('call Mum');
    expect(await page.getByLabel('At', { exact: true }).inputValue()).toBe('18:00');
    expect(await page.getByRole('checkbox', { name: 'Sunday' }).isChecked()).toBe(true);

    await page.getByRole('radiogroup', { name: 'How often' }).getByText('Once').click();
    await page.getByLabel('Day', { exact: true }).fill('2020-01-01');
    await page.getByText('That time has passed').waitFor();
    await page.getByLabel('Day', { exact: true }).fill('2099-01-01');
    await page.getByText('In words').click();
    expect(await page.getByLabel('Remind me').inputValue()).toBe('call Mum 2099-01-01 09:00');
  });

  test('a deleted one is cancelled until the offer to undo it has lapsed', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, await makeAccount(program), '/reminders');
    await page.getByLabel('Remind me').fill('walk the dog in 3 hours');
    await page.keyboard.press('Enter');
    const remove = async () => {
      await row(page, 'walk the dog').getByRole('button', { name: 'More: walk the dog' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await toast(page, 'Deleted: walk the dog').waitFor();
    };
    await remove();
    expect(await row(page, 'walk the dog').count()).toBe(0);
    expect(await statuses(page)).toEqual(['cancelled']);
    await toast(page, 'Deleted: walk the dog').getByRole('button', { name: 'Undo' }).click();
    await row(page, 'walk the dog').waitFor();
    expect(await statuses(page)).toEqual(['active']);

    await remove();
    const gone = page.waitForResponse((response) => response.request().method() === 'DELETE');
    await toast(page, 'Deleted: walk the dog').getByRole('button', { name: 'Close' }).last().click();
    expect((await gone).status()).toBe(204);
    expect(await statuses(page)).toEqual([]);
  });

  test('a custom rule is told in words while it is written, and in lists', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, await makeAccount(program), '/reminders?tab=recurring');
    await page.getByText('By fields').click();
    await page.getByLabel('What to say').fill('water the plants');
    await page.getByText('Again and again').click();
    await page.getByRole('combobox', { name: 'Repeats' }).click();
    await page.getByRole('option', { name: 'By a custom rule (RRULE)' }).click();
    const rule = page.getByLabel('Custom rule');
    await rule.fill('FREQ=SOMETIMES');
    await expect.poll(async () => await rule.getAttribute('aria-invalid'), { timeout: 10_000 }).toBe('true');
    await rule.fill('FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=0;BYSECOND=0');
    await page.getByText(/last Friday of every month at 09:00/).waitFor();
    expect(await page.getByRole('list', { name: 'Next times' }).getByRole('listitem').count()).toBe(3);
    await page.getByLabel('Ask again every so many minutes, until done').fill('10');
    await page.getByRole('button', { name: 'Save' }).click();
    await row(page, 'water the plants')
      .getByText(/last Friday of every month at 09:00/)
      .waitFor();

    await row(page, 'water the plants').getByRole('link').click();
    await page.getByText('Every 10 minutes, until done').waitFor();
    await page.getByRole('button', { name: 'Edit' }).click();
    expect(await page.getByRole('dialog').getByLabel('Custom rule').inputValue()).toContain('BYDAY=-1FR');
  });

  test('what was missed is told once, and made up for when asked; what is said by hand is no miss', async () => {
    const page = await browser.open();
    let isLive = false;
    page.on('websocket', (socket) => void socket.on('framereceived', () => (isLive = true)));
    await openSignedIn(page, program, await makeAccount(program), '/reminders');
    // What happens before the page follows is no news to it.
    const note = async () => {
      const data = { title: 'Note', message: 'to myself', priority: 1 };
      await page.request.post(`${program.url}/api/notifications`, { data, headers: { origin: program.url } });
      return isLive;
    };
    await expect.poll(note, { timeout: 20_000, interval: 500 }).toBe(true);
    const answer = await page.request.post(`${program.url}/api/reminders`, {
      data: { type: 'recurring', text: 'stretch', cron_expression: '0 9 * * *', timezone: 'UTC' },
      headers: { origin: program.url },
    });
    const { schedule_id, user_id } = (await answer.json()) as { schedule_id: string; user_id: string };
    const at = (days: number) =>
      `${new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)}T09:00:00Z`;
    const database = await connectToEmbedded(program);
    await database.query(
      `insert into occurrences (id, schedule_id, user_id, revision, due_at, until, count, fate)
       values (gen_random_uuid(), $1, $2, 1, $3, $4, 3, 'missed')`,
      [schedule_id, user_id, at(4), at(2)],
    );
    const missed = { user_id, type: 'schedule.missed', subject: `schedule:${schedule_id}` };
    const events = [1, 2].map((count) => ({ ...missed, payload: { schedule_id, count } }));
    await database.query(`select commit_effects(null, '[]', $1)`, [JSON.stringify(events)]);
    await database.end();

    const told = toast(page, '3 reminders were missed while Famulus was off');
    await told.getByRole('button', { name: 'History' }).click();
    const history = page.getByRole('list', { name: 'History' });
    await history.getByText('3 times').waitFor();
    await history.getByRole('button', { name: 'Say the missed ones now' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Say now' }).click();
    await toast(page, 'Said 3 missed times.').waitFor();
    await expect
      .poll(async () => await history.getByText('made up for').count(), { timeout: 15_000 })
      .toBe(3);

    await page.getByRole('tab', { name: 'Recurring' }).click();
    await row(page, 'stretch').getByRole('button', { name: 'More: stretch' }).click();
    await page.getByRole('menuitem', { name: 'Say it now' }).click();
    await toast(page, 'Said now: stretch').waitFor();
    await page.getByRole('tab', { name: 'History' }).click();
    await history.getByText('said by hand').waitFor();
  });

  test('one set by the clock stays at its time when its user is in another zone', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, await makeAccount(program), '/reminders');
    const headers = { origin: program.url };
    const later = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    const data = { type: 'one_time', text: 'call Mum', local_time: `${later}T09:00` };
    await page.request.post(`${program.url}/api/reminders`, { data, headers });
    await row(page, 'call Mum').getByText('09:00 AM').waitFor();
    await page.request.patch(`${program.url}/api/me`, { data: { timezone: 'Asia/Tokyo' }, headers });
    const stored = async () => await (await page.request.get(`${program.url}/api/reminders`)).text();
    await expect.poll(stored).toContain('Asia/Tokyo');
    await page.getByRole('link', { name: 'call Mum' }).click();
    await page.getByText('By the clock in Asia/Tokyo').waitFor();
    await page
      .getByText(/, 09:00 AM/)
      .first()
      .waitFor();
    await page.goBack();
    await row(page, 'call Mum').getByText('09:00 AM').waitFor();
  });

  test('one that comes is said in every tab, and answered for all of them', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, await makeAccount(program), '/reminders');
    const other = await page.context().newPage();
    await other.goto(`${program.url}/activity`);
    await other.getByRole('heading', { name: 'Activity' }).waitFor();
    await page.getByLabel('Remind me').fill('in 2 seconds drink a glass of water');
    await page.keyboard.press('Enter');
    await toast(other, 'drink a glass').getByRole('button', { name: 'Snooze 10 min' }).waitFor();
    await page.getByRole('button', { name: 'Snooze 10 min' }).click();
    await other.getByRole('button', { name: 'Snooze 10 min' }).waitFor({ state: 'detached' });
    await row(page, 'drink a glass').getByText('Snoozed').waitFor();

    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByRole('list', { name: 'History' }).getByText('came on time').waitFor();
  });
});
