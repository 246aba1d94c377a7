import type { Recurrence } from './recurrence.ts';

/** Spreads instants over the seconds behind them, each by as much as the seed says: the same every time it is asked. */
export interface Jitter {
  /** At most so many, 0 for none. */
  seconds: number;
  seed: string;
}

/** 32 bits that look like chance (FNV-1a). */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  // The low bits of FNV are weak.
  return (value ^ (value >>> 15)) >>> 0;
}

/** A recurrence whose instants come up to `seconds` later. */
export function jittered(plain: Recurrence, { seconds, seed }: Jitter): Recurrence {
  const delay = (instant: number) => (hash(`${seed}:${instant}`) % (seconds + 1)) * 1_000;
  return {
    next: (from) => {
      let first: number | null = null;
      // What was put off past `from` may be nominally before it, and be overtaken by what comes behind.
      let instant = plain.next(from - seconds * 1_000 - 1);
      while (instant !== null && (first === null || instant < first)) {
        const at = instant + delay(instant);
        if (at > from && (first === null || at < first)) first = at;
        instant = plain.next(instant);
      }
      return first;
    },
  };
}
