import { Cron } from 'croner';
import { expect, test } from 'vitest';

import { randomCron } from '#test/random-cron.ts';
import { seededRandom } from '#test/seeded-random.ts';
import { parseCron } from './cron.ts';
import { transitionsBetween } from './zone.ts';

const DAY_MS = 86_400_000;
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'America/Caracas',
];

const random = seededRandom();

/** croner refuses ranges that go round, a step from a number on, L-n and LW in a list; SUN-SUN is 0-7 to it. */
function readByCroner(expression: string, timezone: string): Cron | undefined {
  if (expression.includes('SUN-SUN')) return undefined;
  try {
    return new Cron(expression, { timezone, paused: true, mode: '5-or-6-parts' });
  } catch {
    return undefined;
  }
}

/** Whether a change of the clocks may be why two answers differ: croner is wrong about some. */
function isNearChange(zone: string, from: number, theirs: number | null, ours: number | null): boolean {
  const first = Math.min(theirs ?? Infinity, ours ?? Infinity, Date.UTC(2100, 0));
  return [from, first].some((at) => transitionsBetween(zone, at - 2 * DAY_MS, at + DAY_MS).length > 0);
}

test('is what croner says for what it reads, away from changes of the clocks', () => {
  const different: string[] = [];
  let compared = 0;
  while (compared < 1_500) {
    const zone = ZONES[random.between(0, ZONES.length)]!;
    const { expression } = randomCron(random, random.between(0, 3) === 0);
    const cron = readByCroner(expression, zone);
    if (!cron) continue;
    let from: number | null = Date.UTC(random.between(1990, 2040), 0) + random.between(0, 365 * DAY_MS);
    for (let runs = 0; runs < 4 && from !== null; runs += 1) {
      const theirs: number | null = cron.nextRun(new Date(from))?.getTime() ?? null;
      const ours: number | null = parseCron(expression, zone).next(from);
      if (!isNearChange(zone, from, theirs, ours)) {
        compared += 1;
        if (ours !== theirs)
          different.push(`${expression} in ${zone} after ${from}: ${ours}, croner ${theirs}`);
      }
      from = ours;
    }
  }
  expect(different).toEqual([]);
});
