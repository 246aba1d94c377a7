/**
 * The web app in headless Chromium against the real program: first paint and readiness with a processor slowed down
 * four times, events on screen, a long thread. Swagger UI, the page of the same server at /api/docs, is the peer of the
 * first.
 */
import { parseArgs } from 'node:util';
import type { CDPSession, Page } from 'playwright-core';

import { makeAccount, signInPage } from '#test/browser-account.ts';
import { DESKTOP, launchChromium } from '#test/chromium.ts';
import { startProgram } from '#test/program.ts';
import { until } from '#test/until.ts';

import { createReport, percentile } from './measure/report.ts';
import { fillThread } from './measure/long-thread.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '9' }, messages: { type: 'string', default: '5000' } },
});
const runs = Number(values.runs);
const SLOW_DOWN = 4;
const FRAME_MS = 1_000 / 60;

await using program = await startProgram();
const account = await makeAccount(program, { admin: true });
const browser = await launchChromium();
const report = createReport('web', 'famulus');
const PEER = 'swagger-ui';

/** Notes in the page when something first matches `selector`, in ms since the navigation began. */
const noteWhen = (selector: string) => `
  window.seenAt = null;
  const look = () => {
    if (window.seenAt === null && document.querySelector(${JSON.stringify(selector)})) window.seenAt = performance.now();
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
`;

/** What the page has noted, as soon as it has. */
async function noted(page: Page, name: string): Promise<number> {
  const read = async () => await page.evaluate<number | null>(`window.${name} ?? null`);
  return await until(name, read, 30_000);
}

/** One visit with an empty cache: first contentful paint, and when `selector` was there, in ms. */
async function visit(path: string, selector: string): Promise<{ paint: number; ready: number }> {
  const context = await browser.newContext({ viewport: DESKTOP });
  try {
    await context.addCookies(cookies);
    const page = await context.newPage();
    await page.addInitScript(noteWhen(selector));
    const cdp: CDPSession = await context.newCDPSession(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN });
    await page.goto(`${program.url}${path}`);
    const ready = await noted(page, 'seenAt');
    const paint = await page.evaluate<number>(
      `performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN`,
    );
    return { paint, ready };
  } finally {
    await context.close();
  }
}

async function measureStart(): Promise<void> {
  const pages = [
    { engine: 'famulus', path: '/', selector: 'h1' },
    { engine: PEER, path: '/api/docs', selector: '.opblock' },
  ];
  const paints = new Map<string, number[]>();
  const readies = new Map<string, number[]>();
  for (let run = 0; run < runs; run += 1) {
    for (const { engine, path, selector } of pages) {
      const { paint, ready } = await visit(path, selector);
      paints.set(engine, [...(paints.get(engine) ?? []), paint]);
      readies.set(engine, [...(readies.get(engine) ?? []), ready]);
    }
  }
  for (const { engine } of pages) {
    report.add(
      engine,
      `first contentful paint, ${SLOW_DOWN}x slower`,
      percentile(paints.get(engine) ?? [], 0.5),
      'ms',
    );
    report.add(
      engine,
      `ready to be used, ${SLOW_DOWN}x slower`,
      percentile(readies.get(engine) ?? [], 0.5),
      'ms',
    );
  }
}

/** From before the request that commits it until its text is in the page: more than from the commit. */
async function measureEvents(page: Page): Promise<void> {
  await page.goto(`${program.url}/notifications`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForTimeout(1_000);
  const lags: number[] = [];
  for (let n = 0; n < runs * 5; n += 1) {
    const text = `event number ${n} is here`;
    await page.evaluate(`(() => {
      window.shownAt = null;
      const observer = new MutationObserver(() => {
        if (!document.querySelector('main').innerText.includes(${JSON.stringify(text)})) return;
        window.shownAt = performance.timeOrigin + performance.now();
        observer.disconnect();
      });
      observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    })()`);
    const begun = performance.timeOrigin + performance.now();
    await page.request.post(`${program.url}/api/notifications`, {
      data: { title: 'Bench', message: text },
      headers: { origin: program.url },
    });
    lags.push((await noted(page, 'shownAt')) - begun);
  }
  report.add('famulus', 'event on screen, request to text p50', percentile(lags, 0.5), 'ms');
  report.add('famulus', 'event on screen, request to text p95', percentile(lags, 0.95), 'ms');
}

async function measureThread(page: Page): Promise<void> {
  const { threadId, last } = await fillThread(program, account, Number(values.messages));
  const opened: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    await page.goto(`${program.url}/reminders`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const took = await page.evaluate<number>(`new Promise((resolve) => {
      const begun = performance.now();
      const look = () => {
        if (!document.querySelector('main').innerText.includes(${JSON.stringify(last)})) return requestAnimationFrame(look);
        requestAnimationFrame(() => resolve(performance.now() - begun));
      };
      history.pushState({}, '', '/chat/${threadId}');
      dispatchEvent(new PopStateEvent('popstate', { state: {} }));
      requestAnimationFrame(look);
    })`);
    opened.push(took);
  }
  report.add('famulus', `thread of ${values.messages} messages, opened`, percentile(opened, 0.5), 'ms');
  const { frames, seconds, slow } = await page.evaluate<{ frames: number; seconds: number; slow: number }>(`
    new Promise((resolve) => {
      const log = document.querySelector('[role=log], [role=feed]');
      let box = log;
      while (box && box.scrollHeight <= box.clientHeight + 1) box = box.parentElement;
      box ??= document.scrollingElement;
      const begun = performance.now();
      let frames = 0, slow = 0, before = begun;
      const step = (now) => {
        if (frames > 0 && now - before > ${FRAME_MS * 1.5}) slow += 1;
        before = now;
        frames += 1;
        box.scrollTop -= 60;
        if (now - begun < 4000) requestAnimationFrame(step);
        else resolve({ frames, seconds: (now - begun) / 1000, slow });
      };
      requestAnimationFrame(step);
    })`);
  report.add('famulus', 'scrolling it', frames / seconds, 'frames/s');
  report.add('famulus', 'scrolling it: frames that were late', (slow / frames) * 100, '%');
}

const context = await browser.newContext({ viewport: DESKTOP });
const page = await context.newPage();
// Once: too many sign-ins are refused.
await signInPage(page, program, account);
const cookies = await context.cookies();
await measureStart();
await page.goto(program.url);
await measureEvents(page);
if (values.messages !== '0') await measureThread(page);
await browser.close();
report.print();
