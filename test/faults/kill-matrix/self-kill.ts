import { writeSync } from 'node:fs';

import type { Point } from './points.ts';

/** What a worker writes on its standard output as its last word, before the name of the point. */
export const LAST_WORD = 'killed at ';

const point = process.env['FAULT_POINT'] as Point | undefined;
let passes = Number(process.env['FAULT_PASSES']);

/** Whether this process is to end at this point, now or in a later pass. */
export function isArmed(at: Point): boolean {
  return at === point;
}

/** Counts a pass by this point; true when it is the last. */
export function isLastPass(at: Point): boolean {
  if (at !== point) return false;
  passes -= 1;
  return passes <= 0;
}

/** Ends this process as `kill -9` does. */
export function die(): void {
  writeSync(1, `${LAST_WORD}${point}\n`);
  process.kill(process.pid, 'SIGKILL');
}

/** Passes by a point: the last time, it is the end. */
export function pass(at: Point): void {
  if (isLastPass(at)) die();
}
