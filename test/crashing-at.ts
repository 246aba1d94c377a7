import type { LaneHandler, Lease } from '#platform/lanes/index.ts';

/** Where a worker dies: around the n-th transaction of an item, from 1. */
export interface CrashPoint {
  transaction: number;
  when: 'before' | 'after';
}

/** The same handler, but at `point` it says so and then does nothing for ever. */
export function crashingAt(handler: LaneHandler, point: CrashPoint, onCrash: () => void): LaneHandler {
  const never = new Promise<never>(() => {});
  let count = 0;
  async function around<T>(work: () => Promise<T>): Promise<T> {
    count += 1;
    const here = count === point.transaction;
    if (here && point.when === 'before') {
      onCrash();
      return await never;
    }
    const result = await work();
    if (!here) return result;
    onCrash();
    return await never;
  }
  return {
    ...handler,
    work: async (item, lease) => {
      const dying: Lease = {
        ...lease,
        transaction: async (work) => await around(async () => await lease.transaction(work)),
        finish: async (work) => await around(async () => await lease.finish(work)),
      };
      await handler.work(item, dying);
    },
  };
}
