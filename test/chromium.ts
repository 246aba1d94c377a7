import { existsSync } from 'node:fs';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const found = places.find((path) => existsSync(path));
if (!found && process.env['CI']) throw new Error('chromium is missing: apt-get install chromium');

/** Tests that need a browser are left out on a machine without one, never in CI: `describe.skipIf(!hasChromium)`. */
export const hasChromium = found !== undefined;

/** What people use: a wide window and a phone. */
export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

/** A Chromium without a window. The caller closes it. */
export async function launchChromium(): Promise<Browser> {
  if (!found) throw new Error('chromium is missing');
  return await chromium.launch({ executablePath: found, args: ['--no-sandbox'] });
}

/** What no page of ours may do: errors on the console (refused by the content security policy among them), foreign requests. */
function watch(context: BrowserContext, faults: string[]): void {
  context.on('weberror', (error) => faults.push(`thrown: ${error.error().message}`));
  context.on('console', (message) => {
    if (message.type() !== 'error') return;
    const text = message.text();
    // Chromium logs every refused answer; which of them matter, the tests say.
    if (text.startsWith('Failed to load resource') || text.startsWith('WebSocket connection to')) return;
    faults.push(`console: ${text}`);
  });
  context.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (!/^(https?|wss?):$/.test(protocol)) return;
    if (hostname !== '127.0.0.1' && hostname !== 'localhost')
      faults.push(`foreign request: ${request.url()}`);
  });
}

export interface TestBrowser {
  /** A window with cookies of its own, closed after the test. German zone and English speech unless said. */
  open(options?: BrowserContextOptions): Promise<Page>;
}

/** One Chromium for the file; what its pages do wrong fails the test in which they did it. */
export function testBrowser(): TestBrowser {
  let browser: Browser | undefined;
  let contexts: BrowserContext[] = [];
  let faults: string[] = [];

  beforeAll(async () => {
    if (hasChromium) browser = await launchChromium();
  });
  afterEach(async () => {
    for (const context of contexts) await context.close();
    contexts = [];
    const seen = faults;
    faults = [];
    if (seen.length > 0) throw new Error(`the page did what it must not:\n${seen.join('\n')}`);
  });
  afterAll(async () => await browser?.close());

  return {
    open: async (options = {}) => {
      if (!browser) throw new Error('chromium is missing');
      const context = await browser.newContext({
        viewport: DESKTOP,
        locale: 'en-GB',
        timezoneId: 'Europe/Berlin',
        ...options,
      });
      context.setDefaultTimeout(15_000);
      contexts.push(context);
      watch(context, faults);
      return await context.newPage();
    },
  };
}
