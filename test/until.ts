import { setTimeout as sleep } from 'node:timers/promises';

type Nothing = undefined | null | false | 0 | '';

/** Resolves with what `look` found as soon as that is something: 0 rows are nothing. Looks every few ms. */
export async function until<T>(
  what: string,
  look: () => Promise<T | Nothing> | T | Nothing,
  timeoutMs = 10_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain: ${what}`);
    await sleep(5);
  }
}
