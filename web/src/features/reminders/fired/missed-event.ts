import type { LiveEvent } from '#web/lib/live/event.ts';

/** How many times a `schedule.missed` is about. */
export function missedOf({ payload }: LiveEvent): number {
  return typeof payload['count'] === 'number' ? payload['count'] : 1;
}

interface Gathering {
  /** Adds to what is told. */
  add: (count: number) => void;
  stop: () => void;
}

/** Tells what comes close together at once: after Famulus was off, every reminder says so for itself. */
export function gather(tell: (count: number) => void, ms: number): Gathering {
  let sum = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    add: (count) => {
      sum += count;
      timer ??= setTimeout(() => {
        const all = sum;
        sum = 0;
        timer = undefined;
        tell(all);
      }, ms);
    },
    stop: () => clearTimeout(timer),
  };
}
