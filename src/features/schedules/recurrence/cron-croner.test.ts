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
const isForBoth = (expression: string) => {
  if (expression.includes('SUN-SUN')) return false;
  try {
    new Cron(expression, { paused: true, mode: '5-or-6-parts' });
    return true;
  } catch {
    return false;
  }
};

test('is what croner says for what it reads, away from changes of the clocks', () => {
  let compared = 0;
  while (compared < 1_500) {
    const zone = ZONES[random.between(0, ZONES.length)]!;
    const { expression } = randomCron(random, random.between(0, 3) === 0);
    if (!isForBoth(expression)) continue;
    const cron = new Cron(expression, { timezone: zone, paused: true, mode: '5-or-6-parts' });
    const recurrence = parseCron(expression, zone);
    let from = Date.UTC(random.between(1990, 2040), 0) + random.between(0, 365 * DAY_MS);
    for (let runs = 0; runs < 4; runs += 1) {
      const theirs = cron.nextRun(new Date(from))?.getTime() ?? null;
      const ours = recurrence.next(from);
      compared += 1;
      if (theirs !== ours) {
        // Its answer may also come late because of a change on the way.
        const earlier = Math.min(theirs ?? Infinity, ours ?? Infinity);
        const near = transitionsBetween(zone, from - DAY_MS, from + DAY_MS);
        if (Number.isFinite(earlier))
          near.push(...transitionsBetween(zone, earlier - 2 * DAY_MS, earlier + DAY_MS));
        const message = `${expression} in ${zone} after ${new Date(from).toISOString()}`;
        if (near.length === 0) expect(ours, message).toBe(theirs);
      }
      if (ours === null) break;
      from = ours;
    }
  }
});
