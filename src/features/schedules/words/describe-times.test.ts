import { expect, test } from 'vitest';
import { seededRandom, type Random } from '#test/seeded-random.ts';
import { numbersBetween, sorted } from './describe-numbers.ts';
import { clockText, shapeOfTimes, type TimeSet, type TimeShape } from './describe-times.ts';

const DAY_S = 86_400;
const UNIT_S = { second: 1, minute: 60, hour: 3_600 };

/** Seconds since midnight of all times of a set, said by hand. */
function timesOf({ hours, minutes, seconds }: TimeSet): number[] {
  return sorted(hours.flatMap((h) => minutes.flatMap((m) => seconds.map((s) => h * 3_600 + m * 60 + s))));
}

function secondsOf(clock: string): number {
  const [hour = 0, minute = 0, second = 0] = clock.split(':').map(Number);
  return hour * 3_600 + minute * 60 + second;
}

/** The times that somebody who reads a shape would expect. */
function readBack(shape: TimeShape): number[] {
  if (shape.type === 'times') return sorted(shape.times.map(secondsOf));
  if (shape.type === 'fields') return timesOf(shape.set);
  const step = shape.every * UNIT_S[shape.unit];
  if (shape.windows.length === 0) return numbersBetween(0, DAY_S - 1, step);
  const spans = shape.windows.map(([from, to]): [number, number] => [secondsOf(from), secondsOf(to)]);
  return sorted(
    spans.flatMap(([from, to]) =>
      numbersBetween(from, to < from ? to + DAY_S : to, step).map((time) => time % DAY_S),
    ),
  );
}

function randomField(random: Random, size: number): number[] {
  const first = random.between(0, size);
  const last = random.between(0, size);
  const step = random.between(1, 21);
  switch (random.between(0, 6)) {
    case 0:
      return numbersBetween(0, size - 1);
    case 1:
      return numbersBetween(0, size - 1, step);
    case 2:
      return numbersBetween(Math.min(first, last), Math.max(first, last), step);
    case 3:
      return sorted(numbersBetween(first, first + (last % 7)).map((number) => number % size));
    case 4:
      return sorted([first, last, random.between(0, size)]);
    default:
      return [first];
  }
}

test('a shape has the times that it was made of, all and no others', () => {
  const random = seededRandom(27);
  for (let turn = 0; turn < 3_000; turn++) {
    const hours = randomField(random, 24);
    const minutes = random.between(0, 3) === 0 ? [0] : randomField(random, 60);
    const seconds = random.between(0, 10) === 0 ? randomField(random, 60) : [0];
    const set = { hours, minutes, seconds };
    for (const everyDay of [true, false]) {
      const shape = shapeOfTimes(set, everyDay);
      expect(readBack(shape).join(), JSON.stringify(set)).toBe(timesOf(set).join());
    }
  }
});

test('a window goes past midnight only where each day has it', () => {
  const set = { hours: [0, 1, 2, 22, 23], minutes: [0], seconds: [0] };
  expect(shapeOfTimes(set, true)).toMatchObject({ type: 'steps', windows: [['22:00', '02:00']] });
  expect(shapeOfTimes(set, false)).toMatchObject({ type: 'times' });
});

test('a time has seconds only where there are any', () => {
  expect([0, 32_700, 32_705].map(clockText)).toEqual(['00:00', '09:05', '09:05:05']);
});
