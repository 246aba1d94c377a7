import { expect, test } from 'vitest';

import { lookUntil } from './look-until.ts';
import { createSignals } from './signals.ts';

const LONG_MS = 20_000;

function begin(wait_ms: number) {
  const signals = createSignals('test', async () => {});
  const client = new AbortController();
  let value = 0;
  let looks = 0;
  const found = lookUntil(
    { signals, topic: 'it', wait_ms, signal: client.signal },
    async () => {
      looks += 1;
      return await Promise.resolve(value);
    },
    (one) => one === 2,
  );
  const set = (to: number) => {
    value = to;
    signals.publish('it');
  };
  return { found, set, client, looks: () => looks };
}

test('each hint is a look, until one finds what is waited for', async () => {
  const begun = performance.now();
  const { found, set, looks } = begin(LONG_MS);
  set(1);
  await new Promise(setImmediate);
  set(2);
  expect(await found).toBe(2);
  expect(looks()).toBeGreaterThan(1);
  expect(performance.now() - begun).toBeLessThan(900);
});

test('without any hint it is looked at times', async () => {
  const { found, looks } = begin(1_100);
  expect(await found).toBe(0);
  expect(looks()).toBeGreaterThanOrEqual(3);
});

test('a client that is gone is waited for no more', async () => {
  const { found, client, looks } = begin(LONG_MS);
  client.abort();
  expect(await found).toBe(0);
  expect(looks()).toBeLessThanOrEqual(2);
});
