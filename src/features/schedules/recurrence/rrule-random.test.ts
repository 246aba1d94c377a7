import { RRule } from 'rrule';
import { expect, test } from 'vitest';

import { seededRandom, type Random } from '#test/seeded-random.ts';
import { parseRrule } from './rrule.ts';
import { instantOf, localOf } from './zone.ts';

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const DAY = 86_400_000;
/** How long rules of a frequency are followed, in days. */
const SPANS = {
  YEARLY: 12_000,
  MONTHLY: 2_500,
  WEEKLY: 900,
  DAILY: 500,
  HOURLY: 40,
  MINUTELY: 2,
  SECONDLY: 0.05,
};

interface RandomRule {
  /** Without its end. */
  rule: string;
  /** Its wall, ms. */
  start: number;
  end: number;
}

function randomRule(random: Random): RandomRule {
  const chance = (percent: number) => random.between(0, 100) < percent;
  const some = (most: number, give: () => number | string) =>
    [...new Set(Array.from({ length: random.between(1, most + 1) }, give))].join(',');
  // rrule.js does not sort times of day, takes what is doubled twice, and counts past the beginning of a set.
  const sorted = (most: number, from: number, to: number) =>
    some(most, () => random.between(from, to))
      .split(',')
      .map(Number)
      .sort((a, b) => a - b)
      .join(',');
  const signed = (greatest: number) => random.between(1, greatest + 1) * (chance(40) ? -1 : 1);
  const day = () => DAYS[random.between(0, 7)] ?? '';

  const freq = (Object.keys(SPANS) as (keyof typeof SPANS)[])[random.between(0, 7)] ?? 'DAILY';
  const fine = freq === 'HOURLY' || freq === 'MINUTELY' || freq === 'SECONDLY';
  const coarse = freq === 'YEARLY' || freq === 'MONTHLY';
  const parts = [`FREQ=${freq}`];
  const add = (percent: number, part: () => string) => {
    if (chance(percent)) parts.push(part());
  };
  add(40, () => `INTERVAL=${random.between(2, fine ? 20 : 5)}`);
  add(fine ? 10 : 30, () => `BYMONTH=${sorted(4, 1, 13)}`);
  if (freq !== 'WEEKLY') add(fine ? 10 : 30, () => `BYMONTHDAY=${some(5, () => signed(31))}`);
  if (freq === 'YEARLY') add(15, () => `BYYEARDAY=${some(8, () => signed(366))}`);
  // Nor does it know the last week of the year before where weeks don't begin on Monday, and the first of the next by -52.
  const weeks = freq === 'YEARLY' && chance(20);
  if (weeks) parts.push(`BYWEEKNO=${sorted(4, 2, 52)}`);
  const numbered = coarse && !weeks && chance(50);
  add(40, () => `BYDAY=${some(3, () => (numbered ? signed(5) : '') + day())}`);
  // Hours and less that are named it passes over, or looks for without end, where they only limit.
  if (!fine) add(20, () => `BYHOUR=${sorted(3, 0, 24)}`);
  if (!fine || freq === 'HOURLY') add(20, () => `BYMINUTE=${sorted(3, 0, 60)}`);
  if (freq !== 'SECONDLY') add(20, () => `BYSECOND=${sorted(3, 0, 60)}`);
  // Of the week it starts in it leaves out the days before.
  if (coarse && parts.some((part) => part.startsWith('BY')))
    add(30, () => `BYSETPOS=${random.between(0, 2) * 2 - 1}`);
  add(30, () => `WKST=${weeks ? 'MO' : day()}`);

  const start = Date.UTC(
    random.between(1970, 2080),
    0,
    random.between(1, 366),
    0,
    0,
    random.between(0, 86_400),
  );
  return { rule: parts.join(';'), start, end: start + Math.floor((SPANS[freq] * DAY) / 1000) * 1000 };
}

const stamp = (ms: number) => new Date(ms).toISOString().replaceAll(/[-:]/g, '').slice(0, 15);

function instants(text: string, zone: string, end: number, most: number, from = -1e14): number[] {
  const recurrence = parseRrule(text, zone, 0);
  const found: number[] = [];
  for (let next = recurrence.next(from); next !== null && next <= end; next = recurrence.next(next)) {
    if (found.push(next) === most) break;
  }
  return found;
}

test('as rrule.js has it', () => {
  const random = seededRandom(5545);
  let compared = 0;
  for (let index = 0; index < 700; index++) {
    const { rule, start, end } = randomRule(random);
    const count = random.between(0, 3) === 0 ? random.between(1, 30) : null;
    const oracle = new RRule({
      ...RRule.parseString(`${rule};UNTIL=${stamp(end)}Z`),
      dtstart: new Date(start),
      ...(count ? { count } : {}),
    });
    const expected: number[] = [];
    const ending = count ? `COUNT=${count}` : `UNTIL=${stamp(end)}`;
    const text = `DTSTART:${stamp(start)}\nRRULE:${rule};${ending}`;
    const found = instants(text, 'UTC', end, 40);
    // For the one after the end of a rule that comes rarely it would look up to the year 9999.
    if (found.length < 5) continue;
    oracle.all((date) => expected.push(date.getTime()) < 40);
    expect(found, text).toEqual(expected);
    // From within, too.
    const from = random.between(start, end);
    const next = expected.find((instant) => instant > from) ?? parseRrule(text, 'UTC', 0).next(from);
    expect(parseRrule(text, 'UTC', 0).next(from), `${text} from ${from}`).toBe(next);
    compared += expected.length;
  }
  expect(compared).toBeGreaterThan(8_000);
});

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Pacific/Apia',
];
/** Within some of these days each of the zones changes its offset, Apia by a whole day. */
const CHANGES = [
  '2011-12-29',
  '2010-03-13',
  '2010-03-27',
  '2010-10-02',
  '2010-10-16',
  '2010-10-30',
  '2011-04-02',
];

test('days in zones: every time of the clock, set into the zone', () => {
  const random = seededRandom(333);
  for (let index = 0; index < 300; index++) {
    const zone = ZONES[index % ZONES.length] ?? 'UTC';
    const day = Date.parse(CHANGES[random.between(0, CHANGES.length)] ?? '') - random.between(0, 3) * DAY;
    const hours = Array.from({ length: random.between(1, 6) }, () => random.between(0, 6)).join(',');
    const rule = `FREQ=DAILY;BYHOUR=${hours};BYMINUTE=${random.between(0, 30)},${random.between(30, 60)}`;
    const text = `DTSTART:${stamp(day)}\nRRULE:${rule}`;
    const walls = instants(text, 'UTC', day + 8 * DAY, 1_000);
    const expected = [...new Set(walls.map((wall) => instantOf(zone, wall)))].sort((a, b) => a - b);
    const until = day + 6 * DAY;
    const wanted = expected.filter((instant) => instant <= until);
    expect(instants(text, zone, until, 1_000), `${zone} ${text}`).toEqual(wanted);
    const from = random.between(day, until);
    const next = expected.find((instant) => instant > from);
    expect(parseRrule(text, zone, 0).next(from), `${zone} ${text} from ${from}`).toBe(next);
  }
});

test('hours and less in zones: each elapsed period whose time on the clock is wanted', () => {
  const random = seededRandom(334);
  for (let index = 0; index < 200; index++) {
    const zone = ZONES[index % ZONES.length] ?? 'UTC';
    const day = Date.parse(CHANGES[random.between(0, CHANGES.length)] ?? '') - DAY;
    const hours = Array.from({ length: 4 }, () => random.between(0, 8));
    const every = random.between(1, 50);
    const hourly = random.between(0, 2) === 0;
    const unit = hourly ? 3_600_000 : 60_000;
    const text = `DTSTART:${stamp(day)}\nRRULE:FREQ=${hourly ? 'HOURLY' : 'MINUTELY'};INTERVAL=${every};BYHOUR=${hours.join(',')}`;
    const start = instantOf(zone, day);
    const until = start + 5 * DAY;
    const expected: number[] = [];
    for (let at = start; at <= until; at += every * unit) {
      if (hours.includes(new Date(localOf(zone, at)).getUTCHours())) expected.push(at);
    }
    expect(instants(text, zone, until, 10_000), `${zone} ${text}`).toEqual(expected);
  }
});

test('from every second up to the next one, the next one is the same', () => {
  const rules = [
    'HOURLY;BYMINUTE=0,20',
    'DAILY;BYHOUR=1,2,3;BYMINUTE=10,50',
    'MINUTELY;INTERVAL=45',
    'SECONDLY;INTERVAL=5000',
  ];
  const at = Date.parse('2026-03-29T00:00:00Z');
  for (const rule of rules) {
    const text = `DTSTART:20260301T000000\nRRULE:FREQ=${rule}`;
    const found = instants(text, 'Europe/Berlin', at + 4 * 3_600_000, 1_000, at);
    const recurrence = parseRrule(text, 'Europe/Berlin', 0);
    const wrong: number[] = [];
    for (let from = at; from < (found.at(-1) ?? 0); from += 1_000) {
      if (recurrence.next(from) !== found.find((instant) => instant > from)) wrong.push(from);
    }
    expect(wrong, rule).toEqual([]);
    expect(found.length).toBeGreaterThan(2);
  }
});
