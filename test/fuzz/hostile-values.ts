import { oneOf } from '#test/fuzz/choose.ts';
import type { Random } from '#test/seeded-random.ts';

/** Text that parsers, databases and people's assumptions stumble over. */
const texts = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfff',
  '\u202eabc',
  '\ufeff',
  'İ',
  'ﬁ',
  '👩‍👩‍👧‍👦',
  "'; drop table users; --",
  '{{constructor}}',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '%00',
  '%',
  '\\',
  '$1',
  '\r\nSet-Cookie: a=b',
  '<script>alert(1)</script>',
  'null',
  'undefined',
  'NaN',
  '-1',
  '1e309',
  '0x10',
  '2026-02-30T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '-271821-04-20T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '2026-12-01T09:00',
  '* * * * *',
  '* * * * * *',
  '0 0 31 2 *',
  '@daily',
  'FREQ=SECONDLY',
  'Europe/Berlin',
  'Mars/Olympus',
  '+25:00',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'fam_',
  'Bearer',
  'a'.repeat(255),
  'a'.repeat(256),
  'ä'.repeat(5_000),
  'x'.repeat(70_000),
  '(a+)+$',
  '='.repeat(300),
];

const numbers = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.1,
  200,
  201,
  1e-7,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  -(2 ** 53),
  2 ** 63,
  1e21,
  1e308,
  -1e308,
];

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** A value nobody asked for. */
export function hostileValue(random: Random): unknown {
  switch (random.between(0, 8)) {
    case 0:
    case 1:
    case 2:
      return oneOf(random, texts);
    case 3:
      return oneOf(random, numbers);
    case 4:
      return oneOf(random, [null, true, false]);
    case 5:
      return oneOf(random, [[], {}, [null], [[]], { '': '' }, { text: null }, Array(300).fill(0)]);
    case 6:
      return nested(random.between(1, 200));
    default:
      return String.fromCharCode(...Array.from({ length: 12 }, () => random.between(0, 0xffff)));
  }
}

export function hostileText(random: Random): string {
  return oneOf(random, texts);
}
