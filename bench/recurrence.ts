/**
 * When cron expressions come next: ours beside croner and cron-parser, in one process, taking turns.
 * `--rounds 5` for a shorter one.
 */
import { parseArgs } from 'node:util';

import { Cron } from 'croner';
import { CronExpressionParser } from 'cron-parser';

import { parseCron } from '../src/features/schedules/recurrence/cron.ts';
import { type Random, seededRandom } from '../test/seeded-random.ts';
import { createReport, percentile } from './measure/report.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } });

const SCHEDULES = 10_000;
const EXPRESSIONS = 200;
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Pacific/Auckland',
];
const MINUTE_MS = 60_000;
const YEAR_MS = 365 * 86_400_000;

/** A question: which instant of this expression in this zone is the first after `from`. */
interface Question {
  expression: string;
  zone: string;
  from: number;
}

type Engine = (questions: readonly Question[]) => number;

const random: Random = seededRandom(20_261_121);

/** What people set, and all three read: times of day, of workdays, of days of the month, every few minutes. */
function expression(): string {
  const minute = random.between(0, 60);
  const hour = random.between(0, 24);
  const day = random.between(1, 29);
  return [
    `${minute} ${hour} * * *`,
    `${minute} ${hour} * * 1-5`,
    `${minute} ${hour} * * ${random.between(0, 7)}`,
    `${minute} ${hour} ${day} * *`,
    `${minute} ${hour} ${day} ${random.between(1, 13)} *`,
    `${minute},${random.between(0, 60)} ${hour}-23 * * *`,
    `*/${random.between(2, 31)} * * * *`,
    `${minute} */${random.between(1, 13)} * * *`,
    `${minute} ${hour} L * *`,
    `${minute} ${hour} * * ${random.between(0, 7)}#${random.between(1, 5)}`,
  ][random.between(0, 10)]!.replace(/^(\d+),\1 /, '$1 ');
}

function expressions(count: number): string[] {
  const distinct = new Set<string>();
  while (distinct.size < count) distinct.add(expression());
  return [...distinct];
}

/** Every engine keeps what it has parsed, by expression and zone. */
function keeping<T>(
  parse: (expression: string, zone: string) => T,
  next: (parsed: T, from: number) => number,
): Engine {
  const kept = new Map<string, T>();
  return (questions) => {
    let sum = 0;
    for (const { expression, zone, from } of questions) {
      const key = `${zone} ${expression}`;
      let parsed = kept.get(key);
      if (parsed === undefined) {
        parsed = parse(expression, zone);
        kept.set(key, parsed);
      }
      sum += next(parsed, from);
    }
    return sum;
  };
}

const parseWithCroner = (expression: string, timezone: string) =>
  new Cron(expression, { timezone, paused: true, mode: '5-or-6-parts' });

const kept: Record<string, Engine> = {
  famulus: (questions) => {
    let sum = 0;
    for (const { expression, zone, from } of questions) sum += parseCron(expression, zone).next(from) ?? 0;
    return sum;
  },
  'croner 11.0.1': keeping(parseWithCroner, (cron, from) => cron.nextRun(new Date(from))?.getTime() ?? 0),
  'cron-parser 5.10.5': keeping(
    (expression, tz) => CronExpressionParser.parse(expression, { tz }),
    (parsed, from) => {
      parsed.reset(new Date(from));
      return parsed.next().getTime();
    },
  ),
};

const parsing: Record<string, Engine> = {
  famulus: kept['famulus']!,
  'croner 11.0.1': (questions) => {
    let sum = 0;
    for (const { expression, zone, from } of questions) {
      sum += parseWithCroner(expression, zone).nextRun(new Date(from))?.getTime() ?? 0;
    }
    return sum;
  },
  'cron-parser 5.10.5': (questions) => {
    let sum = 0;
    for (const { expression, zone, from } of questions) {
      const currentDate = new Date(from);
      sum += CronExpressionParser.parse(expression, { tz: zone, currentDate }).next().getTime();
    }
    return sum;
  },
};

const common = expressions(EXPRESSIONS);
const schedules = Array.from({ length: SCHEDULES }, (_, index) => ({
  expression: common[index % EXPRESSIONS]!,
  zone: ZONES[Math.floor(index / EXPRESSIONS) % ZONES.length]!,
}));
const start = Date.parse('2026-11-21T12:00:00Z');

/** What is asked in a round of each figure. */
const figures: Record<string, { engines: Record<string, Engine>; questions: (round: number) => Question[] }> =
  {
    'next of 10,000 schedules, one moment': {
      engines: kept,
      questions: (round) =>
        schedules.map((schedule) => ({ ...schedule, from: start + round * 7 * MINUTE_MS })),
    },
    'next of 10,000 schedules, each from a moment of its own': {
      engines: kept,
      questions: () =>
        schedules.map((schedule) => ({
          ...schedule,
          from: start + random.between(0, YEAR_MS / 1_000) * 1_000,
        })),
    },
    'parse 10,000 expressions, next of each': {
      engines: parsing,
      questions: () =>
        expressions(SCHEDULES).map((expression, index) => ({
          expression,
          zone: ZONES[index % ZONES.length]!,
          from: start,
        })),
    },
  };

const report = createReport('recurrence', 'famulus');
for (const [figure, { engines, questions }] of Object.entries(figures)) {
  const took: Record<string, number[]> = {};
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const asked = questions(round);
    const sums: number[] = [];
    for (const [name, engine] of Object.entries(engines)) {
      const began = performance.now();
      sums.push(engine(asked));
      (took[name] ??= []).push(performance.now() - began);
    }
    // Near no change of the clocks they agree; else they'd not do the same work.
    if (round === 0 && figure.includes('one moment') && new Set(sums).size > 1) {
      throw new Error(`${figure}: the answers differ`);
    }
  }
  for (const [name, ms] of Object.entries(took)) report.add(name, figure, percentile(ms, 0.5), 'ms');
}
report.print();
