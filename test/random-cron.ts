import type { Random } from './seeded-random.ts';

/** What a wall clock shows. */
export interface WallClock {
  year: number;
  month: number;
  day: number;
  /** From Sunday, 0. */
  weekday: number;
  hour: number;
  minute: number;
  second: number;
}

/** A cron expression by chance, and what it means, said by the one who drew it rather than by one who reads it. */
export interface RandomCron {
  expression: string;
  matches(clock: WallClock): boolean;
  /** Whether it follows real time: its minute or hour starts with `*`. */
  wild: boolean;
}

interface Drawn<T> {
  text: string;
  test: (value: T) => boolean;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

export function wallClockOf(localMs: number): WallClock {
  const date = new Date(localMs);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

const pick = <T>(random: Random, from: readonly T[]): T => from[random.between(0, from.length)]!;

function either<T>(drawn: Drawn<T>[]): Drawn<T> {
  return {
    text: drawn.map(({ text }) => text).join(','),
    test: (value) => drawn.some(({ test }) => test(value)),
  };
}

const list = <T>(random: Random, draw: () => Drawn<T>): Drawn<T> =>
  either(Array.from({ length: pick(random, [1, 1, 1, 2, 3]) }, draw));

/** Numbers from `least` to `most`: single ones, ranges up and around, steps. `write` may know names for them. */
function part(
  random: Random,
  least: number,
  most: number,
  write: (value: number) => string = String,
): Drawn<number> {
  const size = most - least + 1;
  const a = random.between(least, most + 1);
  const b = random.between(least, most + 1);
  const step = random.between(1, size + 1);
  const after = (value: number) => (value - a + size) % size;
  const within = (value: number) => after(value) <= after(b);
  switch (random.between(0, 7)) {
    case 0:
      return { text: `${write(a)}-${write(b)}`, test: within };
    case 1:
      return {
        text: `${write(a)}-${write(b)}/${step}`,
        test: (value) => within(value) && after(value) % step === 0,
      };
    case 2:
      return { text: `*/${step}`, test: (value) => (value - least) % step === 0 };
    case 3:
      return { text: `${write(a)}/${step}`, test: (value) => value >= a && (value - a) % step === 0 };
    default:
      return { text: write(a), test: (value) => value === a };
  }
}

const ALL = { text: '*', test: () => true };

const lastOf = ({ year, month }: WallClock) => new Date(Date.UTC(year, month, 0)).getUTCDate();
const weekdayOf = ({ year, month }: WallClock, day: number) =>
  new Date(Date.UTC(year, month - 1, day)).getUTCDay();
const isWorkday = (clock: WallClock, day: number) => ![0, 6].includes(weekdayOf(clock, day));

function nearestWorkday(clock: WallClock, wanted: number): number | undefined {
  const last = lastOf(clock);
  if (wanted > last) return undefined;
  return [0, -1, 1, -2, 2]
    .map((way) => wanted + way)
    .find((day) => day >= 1 && day <= last && isWorkday(clock, day));
}

function lastWorkday(clock: WallClock): number {
  let day = lastOf(clock);
  while (!isWorkday(clock, day)) day -= 1;
  return day;
}

function dayPart(random: Random): Drawn<WallClock> {
  const day = random.between(1, 32);
  const before = random.between(0, 31);
  switch (random.between(0, 8)) {
    case 0:
      return { text: 'L', test: (clock) => clock.day === lastOf(clock) };
    case 1:
      return { text: `L-${before}`, test: (clock) => clock.day === lastOf(clock) - before };
    case 2:
      return { text: 'LW', test: (clock) => clock.day === lastWorkday(clock) };
    case 3:
      return { text: `${day}W`, test: (clock) => clock.day === nearestWorkday(clock, day) };
    default: {
      const { text, test } = part(random, 1, 31);
      return { text, test: (clock) => test(clock.day) };
    }
  }
}

function weekdayPart(random: Random): Drawn<WallClock> {
  const weekday = random.between(0, 7);
  const write = (value: number) =>
    pick(random, [String(value), WEEKDAYS[value]!, value === 0 ? '7' : String(value)]);
  const nth = random.between(1, 6);
  const isLast = (clock: WallClock) => clock.weekday === weekday && clock.day > lastOf(clock) - 7;
  switch (random.between(0, 8)) {
    case 0:
      return { text: `${write(weekday)}L`, test: isLast };
    case 1:
      return { text: `${write(weekday)}#L`, test: isLast };
    case 2:
      return {
        text: `${write(weekday)}#${nth}`,
        test: (clock) => clock.weekday === weekday && Math.ceil(clock.day / 7) === nth,
      };
    default: {
      // 0-7 and 7-7 mean other than the same with 0, so ranges are drawn without a 7 for Sunday.
      const { text, test } = part(random, 0, 6, (value) => WEEKDAYS[value]!);
      return { text, test: (clock) => test(clock.weekday) };
    }
  }
}

const field = (random: Random, open: number, draw: () => Drawn<number>): Drawn<number> =>
  random.between(0, 10) < open ? ALL : list(random, draw);

/** One that means to happen now and then near any moment: days and months are often left open. */
export function randomCron(random: Random, withSeconds: boolean): RandomCron {
  const second = field(random, 2, () => part(random, 0, 59));
  const minute = field(random, 2, () => part(random, 0, 59));
  const hour = field(random, 3, () => part(random, 0, 23));
  const month = field(random, 8, () =>
    part(random, 1, 12, (value) => pick(random, [String(value), MONTHS[value - 1]!])),
  );
  const day = random.between(0, 10) < 6 ? undefined : list(random, () => dayPart(random));
  const weekday = random.between(0, 10) < 6 ? undefined : list(random, () => weekdayPart(random));
  const plus = random.between(0, 4) === 0;
  const open = () => pick(random, ['*', '*', '?']);
  const fields = [
    minute.text,
    hour.text,
    day?.text ?? open(),
    month.text,
    `${plus ? '+' : ''}${weekday?.text ?? open()}`,
  ];
  const onDay = (clock: WallClock) => {
    if (!day || !weekday) return (day ?? weekday)?.test(clock) ?? true;
    return plus ? day.test(clock) && weekday.test(clock) : day.test(clock) || weekday.test(clock);
  };
  return {
    expression: (withSeconds ? [second.text, ...fields] : fields).join(' '),
    wild: minute.text.startsWith('*') || hour.text.startsWith('*'),
    matches: (clock) =>
      (withSeconds ? second.test(clock.second) : clock.second === 0) &&
      minute.test(clock.minute) &&
      hour.test(clock.hour) &&
      month.test(clock.month) &&
      onDay(clock),
  };
}
