import { expect, test } from 'vitest';

import { RuleError } from './recurrence.ts';
import { readRrule } from './rrule-parts.ts';

const bare = {
  freq: 'DAILY',
  interval: 1,
  count: null,
  until: null,
  bysecond: [],
  byminute: [],
  byhour: [],
  byday: [],
  bymonthday: [],
  byyearday: [],
  byweekno: [],
  bymonth: [],
  bysetpos: [],
  wkst: 'MO',
  dtstart: null,
  exdates: [],
  rdates: [],
};

test.each(['FREQ=DAILY', 'RRULE:FREQ=DAILY', 'rrule:freq=daily', ' FREQ=DAILY;\n', 'RRULE:FR\n EQ=DAILY'])(
  'a bare rule: %j',
  (text) => {
    expect(readRrule(text)).toEqual(bare);
  },
);

test('every part', () => {
  const text =
    'FREQ=YEARLY;INTERVAL=2;COUNT=3;BYSECOND=0,60;BYMINUTE=59;BYHOUR=23,0;BYDAY=MO,+1TU,-53SU;BYMONTHDAY=-31,+31;' +
    'BYYEARDAY=366,-366;BYMONTH=12,1;BYSETPOS=-1;WKST=SU';
  expect(readRrule(text)).toEqual({
    ...bare,
    freq: 'YEARLY',
    interval: 2,
    count: 3,
    bysecond: [0, 60],
    byminute: [59],
    byhour: [23, 0],
    byday: [
      { weekday: 'MO', nth: null },
      { weekday: 'TU', nth: 1 },
      { weekday: 'SU', nth: -53 },
    ],
    bymonthday: [-31, 31],
    byyearday: [366, -366],
    bymonth: [12, 1],
    bysetpos: [-1],
    wkst: 'SU',
  });
});

const local = Date.UTC(1997, 8, 2, 9);
const midnight = Date.UTC(1997, 8, 2);

test.each([
  ['DTSTART:19970902T090000', { kind: 'floating', local }],
  ['dtstart:19970902t090000', { kind: 'floating', local }],
  ['DTSTART:19970902T090000Z', { kind: 'utc', local }],
  ['DTSTART;TZID=Europe/Berlin:19970902T090000', { kind: 'zoned', local, tzid: 'Europe/Berlin' }],
  [
    'DTSTART;VALUE=DATE-TIME;TZID="Europe/Berlin":19970902T090000',
    { kind: 'zoned', local, tzid: 'Europe/Berlin' },
  ],
  ['DTSTART;VALUE=DATE:19970902', { kind: 'date', local: midnight }],
  ['DTSTART:19970902', { kind: 'date', local: midnight }],
])('%s', (line, expected) => {
  for (const end of ['\n', '\r\n', '\\n', '\\r\\n']) {
    expect(readRrule(`${line}${end}RRULE:FREQ=DAILY`).dtstart).toEqual(expected);
    expect(readRrule(`RRULE:FREQ=DAILY${end}${line}`).dtstart).toEqual(expected);
  }
});

test('dates taken out and added, in several lines', () => {
  const { exdates, rdates } = readRrule(
    'FREQ=DAILY\nEXDATE:19970902T090000,19970902T090000Z\nRDATE;VALUE=DATE:19970902\nEXDATE;TZID=Asia/Tokyo:19970902T090000',
  );
  expect(exdates).toEqual([
    { kind: 'floating', local },
    { kind: 'utc', local },
    { kind: 'zoned', local, tzid: 'Asia/Tokyo' },
  ]);
  expect(rdates).toEqual([{ kind: 'date', local: midnight }]);
});

test.each([
  ['', 'RRULE is missing: a rule begins with FREQ=, as in FREQ=DAILY.'],
  ['every day', '"every day" is neither a rule like FREQ=DAILY nor a line like DTSTART:19970902T090000.'],
  ['DTSTART:19970902T090000', 'RRULE is missing: a rule begins with FREQ=, as in FREQ=DAILY.'],
  ['RRULE:INTERVAL=2', 'FREQ is missing: a rule begins with it, as in FREQ=DAILY.'],
  [
    'FREQ=FORTNIGHTLY',
    'FREQ=FORTNIGHTLY is none of SECONDLY, MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY, YEARLY.',
  ],
  ['FREQ=DAILY;BYEASTER=1', '"BYEASTER=1" is not a part of a rule that is understood.'],
  ['FREQ=DAILY;;COUNT=1', '"" is not a part of a rule that is understood.'],
  ['FREQ=DAILY;COUNT=', 'COUNT has no value, as in COUNT=….'],
  ['FREQ=DAILY;COUNT=1=2', 'COUNT has no value, as in COUNT=….'],
  ['FREQ=DAILY;COUNT=1;COUNT=2', 'COUNT is there twice.'],
  ['FREQ=DAILY;COUNT=0', 'COUNT=0 is not a whole number from 1.'],
  ['FREQ=DAILY;COUNT=200001', 'COUNT=200001 is too much: at most 200,000.'],
  ['FREQ=DAILY;INTERVAL=0', 'INTERVAL=0 is not a whole number from 1.'],
  ['FREQ=DAILY;INTERVAL=1.5', 'INTERVAL=1.5 is not a whole number from 1.'],
  ['FREQ=DAILY;INTERVAL=1000000001', 'INTERVAL=1000000001 is too much: at most 1,000,000,000.'],
  ['FREQ=DAILY;COUNT=1;UNTIL=19970902T090000', 'COUNT and UNTIL are both there: a rule ends by one.'],
  [
    'FREQ=DAILY;UNTIL=19970229',
    'UNTIL "19970229" is not a date like 19970902T090000, 19970902T090000Z or 19970902.',
  ],
  ['FREQ=DAILY;BYHOUR=24', 'BYHOUR has "24", which is not a number from 0 to 23.'],
  ['FREQ=DAILY;BYHOUR=-1', 'BYHOUR has "-1", which is not a number from 0 to 23.'],
  ['FREQ=DAILY;BYMINUTE=60', 'BYMINUTE has "60", which is not a number from 0 to 59.'],
  ['FREQ=DAILY;BYSECOND=61', 'BYSECOND has "61", which is not a number from 0 to 60.'],
  ['FREQ=DAILY;BYSECOND=60', 'BYSECOND=60 is a leap second, which no clock here ever shows.'],
  ['FREQ=DAILY;BYMONTH=13', 'BYMONTH has "13", which is not a number from 1 to 12.'],
  [
    'FREQ=MONTHLY;BYMONTHDAY=0',
    'BYMONTHDAY has "0", which is not a number from 1 to 31, or -1 to -31 from the end.',
  ],
  [
    'FREQ=MONTHLY;BYMONTHDAY=1,,2',
    'BYMONTHDAY has "", which is not a number from 1 to 31, or -1 to -31 from the end.',
  ],
  [
    'FREQ=YEARLY;BYYEARDAY=367',
    'BYYEARDAY has "367", which is not a number from 1 to 366, or -1 to -366 from the end.',
  ],
  [
    'FREQ=YEARLY;BYWEEKNO=54',
    'BYWEEKNO has "54", which is not a number from 1 to 53, or -1 to -53 from the end.',
  ],
  [
    'FREQ=DAILY;BYHOUR=1;BYSETPOS=0',
    'BYSETPOS has "0", which is not a number from 1 to 366, or -1 to -366 from the end.',
  ],
  ['FREQ=DAILY;BYDAY=MON', 'BYDAY has "MON", which is none of MO, TU, WE, TH, FR, SA, SU.'],
  ['FREQ=MONTHLY;BYDAY=0MO', 'BYDAY has "0MO", whose number is not from 1 to 53.'],
  ['FREQ=MONTHLY;BYDAY=54MO', 'BYDAY has "54MO", whose number is not from 1 to 53.'],
  ['FREQ=DAILY;WKST=1', 'WKST has "1", which is none of MO, TU, WE, TH, FR, SA, SU.'],
  ['FREQ=WEEKLY;BYDAY=1MO', 'BYDAY has numbers only with MONTHLY and YEARLY, not WEEKLY.'],
  ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO', 'BYDAY has no numbers when BYWEEKNO is there.'],
  ['FREQ=MONTHLY;BYWEEKNO=20', 'BYWEEKNO is only for YEARLY, not MONTHLY.'],
  ['FREQ=WEEKLY;BYMONTHDAY=1', 'BYMONTHDAY is not for WEEKLY.'],
  ['FREQ=DAILY;BYYEARDAY=1', 'BYYEARDAY is not for DAILY.'],
  ['FREQ=WEEKLY;BYYEARDAY=1', 'BYYEARDAY is not for WEEKLY.'],
  ['FREQ=MONTHLY;BYYEARDAY=1', 'BYYEARDAY is not for MONTHLY.'],
  ['FREQ=MONTHLY;BYSETPOS=1', 'BYSETPOS chooses among what another BY part gives, but there is none.'],
  ['FREQ=DAILY\nFREQ=WEEKLY', 'RRULE is there twice: one rule has one.'],
  [
    'DTSTART:19970902T090000\nDTSTART:19970902T090000\nFREQ=DAILY',
    'DTSTART is there twice: one rule has one.',
  ],
  ['DTSTART:19970902T090000,19970903T090000\nFREQ=DAILY', 'DTSTART is one date, not several.'],
  ['FREQ=DAILY\nEXRULE:FREQ=WEEKLY', 'EXRULE is not understood: only DTSTART, RRULE, EXDATE and RDATE are.'],
  [
    'FREQ=DAILY\nDTEND:19970902T090000',
    'DTEND is not understood: only DTSTART, RRULE, EXDATE and RDATE are.',
  ],
  ['RRULE;TZID=UTC:FREQ=DAILY', 'RRULE takes no TZID and no VALUE.'],
  [
    'DTSTART:19970902T090000 RRULE:FREQ=DAILY\nFREQ=DAILY',
    'DTSTART "19970902T090000 RRULE:FREQ=DAILY" is not a date like 19970902T090000, 19970902T090000Z or 19970902.',
  ],
  [
    'DTSTART:19970902T240000\nFREQ=DAILY',
    'DTSTART "19970902T240000" is not a date like 19970902T090000, 19970902T090000Z or 19970902.',
  ],
  [
    'DTSTART;X-A=1:19970902T090000\nFREQ=DAILY',
    'DTSTART has "X-A=1" before its colon, where only TZID= and VALUE= are understood.',
  ],
  ['DTSTART;VALUE=DATE;VALUE=DATE:19970902\nFREQ=DAILY', 'DTSTART has VALUE twice.'],
  [
    'DTSTART;VALUE=DATE:19970902T090000\nFREQ=DAILY',
    'DTSTART says VALUE=DATE, but "19970902T090000" is a time.',
  ],
  ['DTSTART;VALUE=DATE-TIME:19970902\nFREQ=DAILY', 'DTSTART says VALUE=DATE-TIME, but "19970902" is a date.'],
  [
    'DTSTART;TZID=Asia/Tokyo:19970902T090000Z\nFREQ=DAILY',
    'DTSTART has a TZID and a time that ends with Z: one of them.',
  ],
  [
    'FREQ=DAILY\nRDATE;VALUE=PERIOD:19970902T090000Z/PT1H',
    'RDATE with VALUE=PERIOD is not understood: only DATE and DATE-TIME are.',
  ],
  [`FREQ=DAILY${' '.repeat(19_991)}`, 'The rule is longer than 20,000 characters.'],
])('refuses %j', (text, message) => {
  expect(() => readRrule(text)).toThrow(new RuleError(message));
});
