import { expect, test } from 'vitest';
import { parseWhen } from './parse-when.ts';

const context = { now: new Date('2026-11-18T13:05:00Z'), timezone: 'Europe/Berlin' };
const kindOf = (text: string) => parseWhen(text, context).kind;

test.each([
  ['letters on the number', 'Friday 9x', 'Friday 9 x'],
  ['one more day', 'the 1st and the 15th at 8:00', 'the 15th at 8:00'],
  ['one more day in Russian', '1-го и 15-го в 8:00', '15-го в 8:00'],
  ['another week', 'Monday after next at 9am', 'Monday at 9am'],
  ['half of an hour before it', 'half seven tonight', 'at half seven tonight'],
  ['what has been', 'what did we say on Monday', 'what shall we say on Monday'],
  ['a price that was paid', 'I paid 7:50 for lunch', 'I pay at 7:50 for lunch'],
  ['a day that is just told', "thank God it's Friday", 'thank God on Friday'],
  ['another zone', 'tomorrow 9am Sydney time', 'tomorrow 9am Sydney'],
  ['another zone in Russian', 'завтра в 9 по токио', 'завтра в 9 токио'],
  ['a departure', 'купить билеты на поезд 9:15 завтра', 'купить билеты на поезд завтра в 9:15'],
  ['once or always', 'напомни через день', 'напомни таблетки через день'],
  ['a number that may be the hour', 'call Bob 8 tomorrow', 'call Bob 8 times tomorrow'],
  ['a stretch of hours', 'lunch 12-1 tomorrow', 'lunch at 12 tomorrow'],
  ['a time cut short', 'quarter to midnight', 'at midnight'],
  ['a condition', 'tomorrow at 10 unless it rains', 'ask Bob tomorrow at 10 if he comes'],
  ['an unknown word of time', 'tomorrow at naptime', 'tomorrow at home'],
  ['how many in all', '5 раз каждые 10 минут', 'каждые 10 минут'],
  ['a date that goes on', "Jan 4 '28 at 8", 'Jan 4 at 8'],
  ['a denied time', 'on Friday but not at 10', 'on Friday at 10'],
  ['an hour to wake at', 'wake me at 7', 'wake me at 7am'],
])('%s: “%s” is asked about', (_, text, clear) => {
  expect(kindOf(text)).toBe('unclear');
  expect(kindOf(clear)).not.toBe('unclear');
});
