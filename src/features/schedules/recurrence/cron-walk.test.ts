import { afterEach, describe, expect, test } from 'vitest';

import { randomCron } from '#test/random-cron.ts';
import { seededRandom } from '#test/seeded-random.ts';
import { firesOn, type Walk, walk, wallClockByIntl } from '#test/walked-cron.ts';
import { wallClockRule } from './cron-expression.ts';
import { firstInstant } from './cron-instants.ts';
import { parseCron } from './cron.ts';
import { offsetAt, transitionsBetween, useOffsets, zoneTable } from './zone.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

const random = seededRandom();

afterEach(() => useOffsets());

const show = (instant: number | null | undefined) =>
  typeof instant === 'number' ? new Date(instant).toISOString() : 'none';

/** Asks a rule by chance for the next instant at every step of a walk: what computes it, and what remembers answers. */
function check(zone: string, walked: Walk): void {
  const { from: start, step, shown } = walked;
  const end = start + (shown.length - 1) * step;
  const rule = randomCron(random, step === SECOND_MS);
  const fires = firesOn(walked, rule);
  const expectNext = (got: number | null, from: number, expected: number | undefined, how: string) => {
    if (expected === undefined ? got === null || got > end : got === expected) return;
    const asked = `${rule.expression} in ${zone} after ${show(from)}, ${how}`;
    expect.fail(`${asked}: ${show(got)}, expected ${show(expected)}`);
  };

  const read = wallClockRule(rule.expression);
  const table = zoneTable(zone);
  let due = 0;
  for (let from = start; from < end; from += step) {
    while ((fires[due] ?? Infinity) <= from) due += 1;
    expectNext(firstInstant(read, table, from + SECOND_MS), from, fires[due], 'computed');
    // What comes after the walk is looked for far and wide, and always the same.
    if (fires[due] === undefined) from += 199 * step;
  }

  const recurrence = parseCron(rule.expression, zone);
  for (let asked = 0; asked < 40; asked += 1) {
    const from = random.between(start, end);
    const expected = fires.find((fire) => fire > from);
    expectNext(recurrence.next(from), from, expected, 'remembered');
  }
}

describe('every zone, at every step around a change of its offset', () => {
  test.each(Intl.supportedValuesOf('timeZone'))('%s', (zone) => {
    for (const [since, until] of [
      [1850, 2045],
      [2015, 2045],
    ] as const) {
      const year = random.between(since, until);
      const [change] = transitionsBetween(zone, Date.UTC(year, 0), Date.UTC(year + 2, 0));
      const middle = change?.at ?? Date.UTC(year, random.between(0, 12), random.between(1, 29));
      // Before zones had names, their offsets had seconds.
      const around = [middle, offsetAt(zone, middle - 1), offsetAt(zone, middle)];
      const whole = around.every((ms) => ms % MINUTE_MS === 0);
      const byMinute = whole && random.between(0, 3) > 0;
      const step = byMinute ? MINUTE_MS : SECOND_MS;
      const size = Math.abs((change?.after ?? 0) - (change?.before ?? 0));
      const reach = byMinute ? size + 6 * HOUR_MS : HOUR_MS;
      const walked = walk(wallClockByIntl(zone), middle - reach, middle + reach, step);
      for (let drawn = 0; drawn < (byMinute ? 4 : 1); drawn += 1) check(zone, walked);
    }
  });
});

describe('zones that never were, with several changes within hours', () => {
  test.each(Array.from({ length: 150 }, (_, index) => index))('number %i', () => {
    const start = Date.UTC(2026, 1, 27);
    const offsets = new Set<number>();
    while (offsets.size < 6) offsets.add(random.between(-48, 57) * 15 * MINUTE_MS);
    const [first = 0, ...others] = offsets;
    let at = start + 34 * HOUR_MS;
    const changes = others.map((other) => {
      at += random.between(1, pickLongest()) * MINUTE_MS;
      return { at, offset: other };
    });
    const offset = (instant: number) => changes.findLast((each) => each.at <= instant)?.offset ?? first;
    useOffsets((_zone, instant) => offset(instant));
    const walked = walk((instant) => instant + offset(instant), start, at + 34 * HOUR_MS, MINUTE_MS);
    for (let drawn = 0; drawn < 4; drawn += 1) check('Europe/Berlin', walked);
  });
});

/** Mostly minutes or hours, now and then days between two changes, in minutes. */
const pickLongest = () => [30, 300, 1_000, 3_000][random.between(0, 4)]!;
