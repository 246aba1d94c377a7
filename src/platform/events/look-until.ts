import type { Signals } from './signals.ts';

/** Hints may be lost: without one it is looked this often. */
const BACKSTOP_MS = 1_000;

export interface LookUntilOptions {
  signals: Signals;
  /** Hinted when it may be worth to look again. */
  topic: string;
  wait_ms: number;
  /** The client's: nobody waits for one that is gone. */
  signal: AbortSignal;
}

/**
 * Looks at once and at each hint until what is found is what is waited for, the time is over or the client gone; answers
 * what the last look found. It listens before the first look, so that nothing is too quick to be heard of.
 */
export async function lookUntil<T>(
  { signals, topic, wait_ms, signal }: LookUntilOptions,
  look: () => Promise<T>,
  isOver: (found: T) => boolean,
): Promise<T> {
  const deadline = performance.now() + wait_ms;
  let changed = false;
  let wakeUp = () => {};
  const wake = () => {
    changed = true;
    wakeUp();
  };
  const unsubscribe = signals.subscribe(topic, wake);
  signal.addEventListener('abort', wake);
  try {
    for (;;) {
      changed = false;
      const found = await look();
      const left = deadline - performance.now();
      if (isOver(found) || left <= 0 || signal.aborted) return found;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, BACKSTOP_MS));
        wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
        if (changed) wakeUp();
      });
    }
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', wake);
  }
}
