import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAccount, openSignedIn, type BrowserAccount } from '#test/browser-account.ts';
import { hasChromium, testBrowser } from '#test/chromium.ts';
import { FAKE_KEY, startFakeModels, type FakeModels } from '#test/fakes/aimock.ts';
import { startProgram, type Program } from '#test/program.ts';

describe.skipIf(!hasChromium)('models in the administration', () => {
  const browser = testBrowser();
  let fake: FakeModels;
  let program: Program;
  let admin: BrowserAccount;

  beforeAll(async () => {
    fake = await startFakeModels();
    program = await startProgram({ env: { OLLAMA_BASE_URL: 'http://127.0.0.1:9' } });
    admin = await makeAccount(program, { name: 'Ann', admin: true });
  });
  afterAll(async () => {
    await program.remove();
    await fake[Symbol.asyncDispose]();
  });

  test('a key is given, tried and not shown again; its model becomes the default', async () => {
    const page = await browser.open();
    await openSignedIn(page, program, admin, '/admin/models');
    const openai = page.getByRole('region', { name: 'OpenAI', exact: true });
    await openai.getByText('Not set up').waitFor();
    expect(await openai.getByRole('button', { name: 'Test OpenAI' }).count()).toBe(0);

    await openai.getByLabel('Address of OpenAI').fill('nowhere');
    await openai.getByRole('button', { name: 'Save OpenAI' }).click();
    await openai.getByText('must be an address').waitFor();
    await openai.getByLabel('Address of OpenAI').fill(`${fake.url}/v1`);
    await openai.getByLabel('Key of OpenAI', { exact: true }).fill(FAKE_KEY);
    await openai.getByRole('button', { name: 'Save OpenAI' }).click();
    await openai.getByText('Ready').waitFor();
    expect(await openai.getByLabel('Key of OpenAI', { exact: true }).inputValue()).toBe('');

    fake.refuses(401, { message: `no such key: ${FAKE_KEY}` });
    await openai.getByLabel('Try a model of OpenAI').fill('openai/gpt-5');
    await page.keyboard.press('Escape');
    await openai.getByRole('button', { name: 'Test OpenAI' }).click();
    await openai.getByText('It did not answer: 401: no such key').waitFor();
    await openai.getByText('Does not answer').waitFor();
    fake.clear();
    fake.says('OK', 'OK');
    await openai.getByRole('button', { name: 'Test OpenAI' }).click();
    await openai.getByText('answered within').waitFor();
    await openai.getByText('Ready').waitFor();

    const defaults = page.getByRole('region', { name: 'Default models' });
    await defaults.getByRole('combobox', { name: 'Model', exact: true }).fill('openai/gpt-5-m');
    await page
      .getByRole('option', { name: /openai\/gpt-5-mini.*400K tokens.*\$0\.25 in, \$2\.00 out/ })
      .click();
    await defaults.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved: the default models').waitFor();
    expect((await page.content()).includes(FAKE_KEY)).toBe(false);
    await page.reload();
    await page.getByPlaceholder('Set; type another to replace it').waitFor();
    expect(await page.getByRole('combobox', { name: 'Model', exact: true }).inputValue()).toBe(
      'openai/gpt-5-mini',
    );

    // What assistants need is not taken away.
    await openai.getByRole('button', { name: 'Remove what is set for OpenAI' }).click();
    await page.getByText('is of no provider that is set up').waitFor();
  });

  test.each(['light', 'dark'] as const)('axe finds nothing, %s, on a phone as well', async (colorScheme) => {
    const page = await browser.open();
    await page.emulateMedia({ colorScheme });
    for (const width of [1_280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await openSignedIn(page, program, admin, '/admin/models');
      await page
        .getByRole('region', { name: 'Ollama' })
        .getByText('Its models could not be asked for')
        .waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => ({ id, html: nodes.map((node) => node.html) }))).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      const shots = process.env['SHOTS'];
      if (shots)
        await page.screenshot({ path: `${shots}/models-${colorScheme}-${width}.png`, fullPage: true });
    }
  });
});
