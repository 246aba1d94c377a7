import { describe, expect, test } from 'vitest';
import { bounded } from './bounded.ts';

const MS = 50;

/** Keeps the thread waiting without the processor, as a busy machine does. */
function stall(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('work with a bound', () => {
  test('that was kept from the processor begins anew', () => {
    let runs = 0;
    const work = () => {
      runs++;
      if (runs <= 2) stall(4 * MS);
      return 'done';
    };
    expect(bounded(work, MS)).toBe('done');
    expect(runs).toBe(3);
  });

  test('that has no end is ended, and what it throws is thrown', () => {
    const endless = () => {
      for (;;);
    };
    expect(bounded(endless, MS)).toBeUndefined();
    expect(() =>
      bounded(() => {
        throw new RangeError('wrong');
      }, MS),
    ).toThrow(new RangeError('wrong'));
  });
});
