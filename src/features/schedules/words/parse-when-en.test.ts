import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { parseWhen } from './parse-when.ts';

/** A Wednesday, 14:05 in Berlin. */
const now = new Date('2026-11-18T13:05:00Z');
const timezone = 'Europe/Berlin';

function understood(text: string): string {
  const result = parseWhen(text, { now, timezone });
  if (result.kind === 'one_time') {
    const local = Temporal.Instant.fromEpochMilliseconds(result.trigger_at.getTime()).toZonedDateTimeISO(
      timezone,
    );
    return local.toPlainDateTime().toString({ smallestUnit: 'second' });
  }
  return result.kind;
}

const ONE_TIME: Array<[string, string]> = [
  ['on Munday at 9', '2026-11-23T09:00:00'],
  ['in 10 seconds', '2026-11-18T14:05:10'],
  ['in ten seconds', '2026-11-18T14:05:10'],
  ['in 1 minute', '2026-11-18T14:06:00'],
  ['in a minute', '2026-11-18T14:06:00'],
  ['in 5 min', '2026-11-18T14:10:00'],
  ['in ten minutes', '2026-11-18T14:15:00'],
  ['in twenty-five minutes', '2026-11-18T14:30:00'],
  ['in forty five minutes', '2026-11-18T14:50:00'],
  ['in 90 min', '2026-11-18T15:35:00'],
  ['in an hour', '2026-11-18T15:05:00'],
  ['in half an hour', '2026-11-18T14:35:00'],
  ['in a quarter of an hour', '2026-11-18T14:20:00'],
  ['in an hour and a half', '2026-11-18T15:35:00'],
  ['in 2 and a half hours', '2026-11-18T16:35:00'],
  ['in 1.5 hours', '2026-11-18T15:35:00'],
  ['in 1h 30m', '2026-11-18T15:35:00'],
  ['in 1h30m', '2026-11-18T15:35:00'],
  ['in 1 hour and 20 minutes', '2026-11-18T15:25:00'],
  ['in a couple of hours', '2026-11-18T16:05:00'],
  ['3 hours from now', '2026-11-18T17:05:00'],
  ['in 2 days', '2026-11-20T14:05:00'],
  ['in two days at 9', '2026-11-20T09:00:00'],
  ['in a week', '2026-11-25T14:05:00'],
  ['in 3 weeks', '2026-12-09T14:05:00'],
  ['in a month', '2026-12-18T14:05:00'],
  ['in a year', '2027-11-18T14:05:00'],
  ['at 18:30', '2026-11-18T18:30:00'],
  ['at 18:30:15', '2026-11-18T18:30:15'],
  ['at 9:30', '2026-11-19T09:30:00'],
  ['at 6pm', '2026-11-18T18:00:00'],
  ['at 6 pm', '2026-11-18T18:00:00'],
  ['at 6 p.m.', '2026-11-18T18:00:00'],
  ['at 6:30 pm', '2026-11-18T18:30:00'],
  ['6:30pm', '2026-11-18T18:30:00'],
  ['at 9am', '2026-11-19T09:00:00'],
  ['at 12 am', '2026-11-19T00:00:00'],
  ['at 12pm', '2026-11-19T12:00:00'],
  ['at 5', '2026-11-18T17:00:00'],
  ['at 9', '2026-11-18T21:00:00'],
  ["at 5 o'clock", '2026-11-18T17:00:00'],
  ['at noon', '2026-11-19T12:00:00'],
  ['at midnight', '2026-11-19T00:00:00'],
  ['at half past six', '2026-11-18T18:30:00'],
  ['at quarter to seven', '2026-11-18T18:45:00'],
  ['at a quarter past 4', '2026-11-18T16:15:00'],
  ['at ten to six', '2026-11-18T17:50:00'],
  ['at 7 in the evening', '2026-11-18T19:00:00'],
  ['at 9 in the morning', '2026-11-19T09:00:00'],
  ['tomorrow at 9', '2026-11-19T09:00:00'],
  ['tomorrow at 9am', '2026-11-19T09:00:00'],
  ['tomorrow 9am', '2026-11-19T09:00:00'],
  ['tomorrow 10', '2026-11-19T10:00:00'],
  ['at 9 tomorrow', '2026-11-19T09:00:00'],
  ['tomorrow at noon', '2026-11-19T12:00:00'],
  ['tomorrow', '2026-11-19T09:00:00'],
  ['today at 17:00', '2026-11-18T17:00:00'],
  ['today at 5', '2026-11-18T17:00:00'],
  ['tonight', '2026-11-18T20:00:00'],
  ['tonight at 9', '2026-11-18T21:00:00'],
  ['tonight at midnight', '2026-11-19T00:00:00'],
  ['this evening', '2026-11-18T19:00:00'],
  ['tomorrow morning', '2026-11-19T09:00:00'],
  ['tomorrow morning at 7:30', '2026-11-19T07:30:00'],
  ['tomorrow evening at 8', '2026-11-19T20:00:00'],
  ['tomorrow afternoon at 3', '2026-11-19T15:00:00'],
  ['in the morning', '2026-11-19T09:00:00'],
  ['the day after tomorrow at 8', '2026-11-20T08:00:00'],
  ['on Friday at 10', '2026-11-20T10:00:00'],
  ['Friday at 10', '2026-11-20T10:00:00'],
  ['on Wednesday at 10', '2026-11-25T10:00:00'],
  ['on Wednesday at 18:00', '2026-11-18T18:00:00'],
  ['this Friday at 10', '2026-11-20T10:00:00'],
  ['next Monday at 9:15', '2026-11-23T09:15:00'],
  ['next Friday at 10', '2026-11-27T10:00:00'],
  ['on Tuesday next week at 10', '2026-11-24T10:00:00'],
  ['Friday evening', '2026-11-20T19:00:00'],
  ['on 5 December at 10', '2026-12-05T10:00:00'],
  ['December 5 at 10am', '2026-12-05T10:00:00'],
  ['on December 5th at 10:00', '2026-12-05T10:00:00'],
  ['on the 5th of December at 10', '2026-12-05T10:00:00'],
  ['Saturday, 5 December at 10', '2026-12-05T10:00:00'],
  ['on May 5 at 10', '2027-05-05T10:00:00'],
  ['on 5 December 2027 at 10', '2027-12-05T10:00:00'],
  ['2026-12-01 09:00', '2026-12-01T09:00:00'],
  ['2026-12-01T09:00', '2026-12-01T09:00:00'],
  ['2026-12-01T09:00:00Z', '2026-12-01T10:00:00'],
  ['on the 25th at 10', '2026-11-25T10:00:00'],
  ['on the 5th at 10', '2026-12-05T10:00:00'],
  ['on Friday the 27th at 10', '2026-11-27T10:00:00'],
  ['tomorrow evening at 7:30', '2026-11-19T19:30:00'],
];

const UNCLEAR = [
  'soon',
  'some day',
  'in a few minutes',
  'every 30 seconds',
  'every full moon',
  'twice a day',
  'every month',
  'today',
  'today at 9:00',
  'yesterday',
  'tomorrow at 3',
  'tomorrow at midnight',
  'by Friday',
  'until 6pm',
  'on Monday and Thursday at 9',
  'tomorrow at 9 and 18',
  'on Friday 5 December at 10',
  'on 31 November at 10',
  'on 5/12 at 10',
  'in December',
  'tomorrow at 9 about the Monday meeting',
  'every third Friday',
  'every second weekday',
  'every week at 9',
  'every 7 hours from 9 to 12:30',
  'every day at 9 for 1 day',
  'every Monday at 9:00 and 18:30 every 2 weeks',
  'every day at 9 until 6pm',
  'every day at 9 until yesterday',
  'on a Monday at 9',
  'on 1 March 2025 at 9',
  'next week',
  'in 10 minutes at 9',
  'in 3 business days',
  'tomorrow at 9 EST',
  'at 9 UTC tomorrow',
  'a week from Friday at 9',
  '2 days after Friday',
  'tomorrow after lunch',
  'tomorrow at 25:00',
  'tomorrow at 1830',
  'every day at 24:00',
  'at 5-6 pm',
  'tomorrow at 9 or 10',
  'on Friday the 14th at 9',
  'in 99999999 days',
  'every day at 9 until the holidays',
  'every day at sunset',
  'every monday at 9 and every thursday at 10',
  'last day of the year',
  'an hour before the meeting at 17:00',
  'tomorrow before school',
  'at 20:00 that it is bin day tomorrow',
];

describe('English', () => {
  test.each(ONE_TIME)('%s is %s', (text, local) => {
    expect(understood(text)).toBe(local);
  });
  test.each(UNCLEAR)('%s is asked about in English', (text) => {
    const result = parseWhen(text, { now, timezone });
    expect(result.kind).toBe('unclear');
    expect(result.kind === 'unclear' && result.question).toMatch(/^[^\p{Script=Cyrillic}]+\?/u);
  });
  test.each([
    '',
    'hello',
    'buy 2 apples',
    'you may march on',
    'a second opinion',
    'good morning',
    'ask for "Monday at 9" please',
  ])('%s has no time', (text) => {
    expect(understood(text)).toBe('none');
  });

  test.each([
    ['remind me in 10 seconds to stretch', 'remind me to stretch'],
    ['Remind me to call Mum tomorrow at 9', 'Remind me to call Mum'],
    ['remind me tomorrow to call Mum at 9', 'remind me to call Mum'],
    ['every Monday at 9, water the plants', 'water the plants'],
    ['remind me at 18:30 to buy 2 kg of apples.', 'remind me to buy 2 kg of apples.'],
    ['remind me at 5pm to meditate for 10 minutes', 'remind me to meditate for 10 minutes'],
    ['remind me at 5pm to watch "Monday at 9"', 'remind me to watch "Monday at 9"'],
    ['tomorrow at 10, on Friday lunch', undefined],
  ])('%s leaves %s', (text, rest) => {
    const result = parseWhen(text, { now, timezone });
    expect('rest' in result ? result.rest : undefined).toBe(rest);
  });
});
