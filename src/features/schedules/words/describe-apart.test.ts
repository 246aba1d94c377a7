import { expect, test } from 'vitest';
import { randomCron } from '#test/random-cron.ts';
import { seededRandom } from '#test/seeded-random.ts';
import { parseCron } from '../recurrence/cron.ts';
import type { Recurrence } from '../recurrence/recurrence.ts';
import { parseRrule } from '../recurrence/rrule.ts';
import { describeSchedule, type DescribedRule } from './describe-schedule.ts';
import type { Language } from './result.ts';

const random = seededRandom(46);
const now = new Date('2026-11-21T05:00:30Z');
const timezone = 'UTC';
const DAY_MS = 86_400_000;
const LANGUAGES: readonly Language[] = ['en', 'ru'];

const pick = <T>(from: readonly T[]): T => from[random.between(0, from.length)]!;

/** The next 50 instants from now, from next spring and from the year after on. */
function firing(recurrence: Recurrence): string {
  const instants: (number | null)[] = [];
  for (const days of [0, 130, 400]) {
    let next: number | null = now.getTime() + days * DAY_MS;
    for (let turn = 0; turn < 50 && next !== null; turn++) instants.push((next = recurrence.next(next)));
  }
  return instants.join();
}

/** Remembers descriptions; wrong is one that two rules share which do not come at the same times. */
function createWitness() {
  const seen = new Map<string, { text: string; recurrence: Recurrence }>();
  return {
    shared: 0,
    wrong: [] as string[][],
    see(text: string, rule: DescribedRule, recurrence: Recurrence): void {
      for (const language of LANGUAGES) {
        const words = describeSchedule(rule, language, now);
        expect(words, text).toMatch(/^[a-zа-яё0-9].*[a-zа-яё0-9]$/);
        expect(words, text).not.toMatch(/undefined|NaN|null|[*#;=?]| {2}| ,|,,|FREQ|BY[A-Z]/);
        const known = seen.get(words);
        seen.set(words, known ?? { text, recurrence });
        if (!known || known.text === text) continue;
        this.shared += 1;
        if (firing(recurrence) !== firing(known.recurrence)) this.wrong.push([words, known.text, text]);
      }
    },
  };
}

test('cron expressions that come at different times are told differently', { timeout: 60_000 }, () => {
  const witness = createWitness();
  for (let turn = 0; turn < 300; turn++) {
    const withSeconds = random.between(0, 5) === 0;
    const fields = randomCron(random, withSeconds).expression.split(' ');
    // Its like in all fields but one: what words leave out would make them the same.
    const others = fields.map((_, index) =>
      fields.with(index, randomCron(random, withSeconds).expression.split(' ')[index] ?? '*'),
    );
    for (const each of [fields, ...others]) {
      const cron_expression = each.join(' ');
      const rule = { type: 'recurring', cron_expression, timezone } as const;
      witness.see(cron_expression, rule, parseCron(cron_expression, timezone));
    }
  }
  expect(witness.wrong).toEqual([]);
  expect(witness.shared).toBeGreaterThan(100);
});

const numbers = (least: number, most: number, signs: readonly number[] = [1]) =>
  Array.from({ length: pick([1, 1, 2, 3]) }, () => random.between(least, most + 1) * pick(signs)).join();
const EITHER_END = [1, 1, -1];
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'MONTHLY', 'YEARLY', 'YEARLY', 'HOURLY', 'MINUTELY'];
const STARTS = [
  '20261102T090000',
  '20261104T090000',
  '20261110T143005',
  '20270131T090000',
  '20270228T000000',
];

/** Parts of a rule by chance, and out of a hundred how many rules have them. */
const PARTS: Record<string, readonly [number, () => string]> = {
  DTSTART: [100, () => pick(STARTS)],
  INTERVAL: [50, () => pick(['1', '2', '3', '25'])],
  BYHOUR: [35, () => numbers(0, 23)],
  BYMINUTE: [30, () => pick(['0', '0,30', numbers(0, 59)])],
  BYSECOND: [30, () => pick(['0', '0', numbers(0, 59)])],
  BYDAY: [
    45,
    () =>
      pick([
        'MO,TU,WE,TH,FR',
        'SA,SU',
        pick(WEEKDAYS),
        `${pick(WEEKDAYS)},${pick(WEEKDAYS)}`,
        `${pick([1, 2, -1])}${pick(WEEKDAYS)},${pick(['', 5, -2])}${pick(WEEKDAYS)}`,
      ]),
  ],
  BYMONTHDAY: [20, () => pick(['13', '1,2,3,4,5', '-1,-2,-3', numbers(1, 31, EITHER_END)])],
  BYMONTH: [20, () => numbers(1, 12)],
  BYYEARDAY: [6, () => numbers(1, 60, EITHER_END)],
  BYWEEKNO: [6, () => numbers(1, 53, EITHER_END)],
  BYSETPOS: [15, () => pick(['1', '-1', '2', '1,-1'])],
  WKST: [20, () => pick(['MO', 'SU', 'WE'])],
  COUNT: [12, () => pick(['1', '2', '10'])],
  UNTIL: [
    12,
    () => `20270${random.between(1, 10)}1${random.between(0, 10)}${pick(['', 'T090000', 'T000000'])}`,
  ],
  EXDATE: [10, () => `2026121${random.between(0, 10)}T${pick(['090000', '143005', '180000'])}`],
  RDATE: [5, () => `202612${random.between(10, 30)}T${pick(['090000', '143005', '180000'])}`],
};

type Parts = Record<string, string>;

function textOf({ DTSTART, EXDATE, RDATE, ...parts }: Parts): string {
  const rrule = Object.entries(parts).map(([name, value]) => `${name}=${value}`);
  const dates = [EXDATE ? `EXDATE:${EXDATE}` : '', RDATE ? `RDATE:${RDATE}` : ''];
  return [`DTSTART:${DTSTART}`, `RRULE:${rrule.join(';')}`, ...dates]
    .filter((line) => line !== '')
    .join('\n');
}

/** What the RFC forbids is left out. */
function recurrenceOf(text: string): Recurrence | undefined {
  try {
    return parseRrule(text, timezone, 0);
  } catch {
    return undefined;
  }
}

test('recurrence rules that come at different times are told differently', { timeout: 60_000 }, () => {
  const witness = createWitness();
  for (let turn = 0; turn < 250; turn++) {
    const drawn = Object.entries(PARTS).filter(([, [share]]) => random.between(0, 100) < share);
    const parts: Parts = { FREQ: pick(FREQUENCIES) };
    for (const [name, [, draw]] of drawn) parts[name] = draw();
    const others = Object.entries(PARTS).map(([name, [, draw]]): Parts => ({ ...parts, [name]: draw() }));
    for (const each of [parts, ...others]) {
      const text = textOf(each);
      const recurrence = recurrenceOf(text);
      const rule = { type: 'recurring', rrule: text, start: new Date(0), timezone } as const;
      if (recurrence) witness.see(text, rule, recurrence);
    }
  }
  expect(witness.wrong).toEqual([]);
  expect(witness.shared).toBeGreaterThan(100);
});
