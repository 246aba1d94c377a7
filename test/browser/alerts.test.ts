import { randomUUID } from 'node:crypto';

import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { makeAccount, openSignedIn, type BrowserAccount } from '#test/browser-account.ts';
import { hasChromium, testBrowser } from '#test/chromium.ts';
import { connectToEmbedded } from '#test/embedded-connection.ts';
import { startProgram, type Program } from '#test/program.ts';

describe.skipIf(!hasChromium)('Alerts', () => {
  const browser = testBrowser();
  let program: Program;
  let root: BrowserAccount;
  let database: Awaited<ReturnType<typeof connectToEmbedded>>;

  beforeAll(async () => {
    program = await startProgram();
    root = await makeAccount(program, { name: 'Root', admin: true });
    database = await connectToEmbedded(program);
  });
  afterAll(async () => {
    await database.end();
    await program.remove();
  });

  /** As whoever sees it writes and tells it; the key is none that the program itself would clear. */
  async function raise(level: 'error' | 'warning', code: string): Promise<string> {
    const id = randomUUID();
    await database.query(
      `insert into alerts (id, key, level, code, message, is_notified) values ($1, $2, $3, $4, 'In detail', true)`,
      [id, `test:${id}`, level, code],
    );
    await tell('alert.raised', id);
    return id;
  }
  async function clear(id: string): Promise<void> {
    await database.query('update alerts set cleared_at = app_now() where id = $1', [id]);
    await tell('alert.cleared', id);
  }
  async function tell(type: string, alert_id: string): Promise<void> {
    const { rows } = await database.query<{ id: string }>('select id from users');
    const events = rows.map(({ id }) => ({
      user_id: id,
      type,
      subject: `alert:${alert_id}`,
      payload: { alert_id },
    }));
    await database.query(`select commit_effects(null, '[]', $1)`, [JSON.stringify(events)]);
  }

  test.each(['light', 'dark'] as const)(
    'what keeps reminders from coming stands above every page until it is right again, %s',
    async (colorScheme) => {
      const page = await browser.open({ colorScheme, viewport: { width: 360, height: 740 } });
      await openSignedIn(page, program, await makeAccount(program), '/memory');
      await page.getByRole('heading', { level: 1 }).waitFor();
      const banner = page
        .getByRole('alert')
        .filter({ hasText: 'Reminders are not being sent at the moment' });
      const id = await raise('error', 'scheduler_stalled');
      await banner.waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      const { violations } = await new AxeBuilder({ page }).include('#main').analyze();
      expect(violations.map(({ id: rule, nodes }) => [rule, nodes.map(({ target }) => target)])).toEqual([]);

      await banner.getByRole('button', { name: 'Dismiss' }).click();
      await banner.waitFor({ state: 'detached' });
      await page.reload();
      await banner.waitFor();
      await clear(id);
      await banner.waitFor({ state: 'detached' });
    },
  );

  test('an admin sees what is wrong and what was, and is led there', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, root);
    await clear(await raise('warning', 'clock_off'));
    const id = await raise('error', 'something_new');
    // Nobody has words for it yet.
    await page
      .getByRole('alert')
      .filter({ hasText: 'In detail' })
      .getByRole('link', { name: 'Health' })
      .click();
    const alerts = page.getByRole('list', { name: 'Alerts' });
    const open = alerts.getByRole('listitem').filter({ hasText: 'In detail' }).filter({ hasText: 'Open' });
    await open.waitFor();
    await alerts
      .getByRole('listitem')
      .filter({ hasText: 'The clock of a machine and that of the database differ' })
      .getByText('Over')
      .waitFor();
    await clear(id);
    await open.waitFor({ state: 'detached' });
  });
});
