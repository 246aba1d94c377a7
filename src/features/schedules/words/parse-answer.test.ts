import { describe, expect, test } from 'vitest';
import { parseAnswer } from './parse-when.ts';

/** A Wednesday, 14:05 in Berlin. */
const context = { now: new Date('2026-11-18T13:05:00Z'), timezone: 'Europe/Berlin' };

function understood(earlier: string, answer: string): string[] {
  const result = parseAnswer(earlier, answer, context);
  if (result.kind === 'one_time') return [result.trigger_at.toISOString(), result.rest];
  return result.kind === 'recurring' ? [result.cron_expression ?? result.rrule, result.rest] : [result.kind];
}

describe('parseAnswer', () => {
  test.each([
    ['remind me to call Mum', 'tomorrow at 9', '2026-11-19T08:00:00.000Z', 'remind me to call Mum'],
    ['remind me tomorrow at 3 to call Mum', 'at 15:00', '2026-11-19T14:00:00.000Z', 'remind me to call Mum'],
    [
      'remind me tomorrow at 4 to call Mum',
      'in the afternoon',
      '2026-11-19T15:00:00.000Z',
      'remind me to call Mum',
    ],
    ['remind me soon to call Mum', 'in 10 minutes', '2026-11-18T13:15:00.000Z', 'remind me to call Mum'],
    ['remind me every third Friday to pay', 'every Friday at 10', '0 10 * * 5', 'remind me to pay'],
    ['напомни завтра в 4 позвонить маме', 'днём', '2026-11-19T15:00:00.000Z', 'напомни позвонить маме'],
    ['напомни сегодня позвонить маме', 'в 18:30', '2026-11-18T17:30:00.000Z', 'напомни позвонить маме'],
  ])('%s: %s', (earlier, answer, when, rest) => {
    expect(understood(earlier, answer)).toEqual([when, rest]);
  });

  test('an answer that is more than a time is none', () => {
    expect(understood('remind me to call Mum', 'buy milk tomorrow at 9')).toEqual(['none']);
    expect(understood('remind me to call Mum', 'never mind')).toEqual(['none']);
  });

  test('an answer that is unsure itself is asked about again', () => {
    expect(understood('remind me to call Mum', 'tomorrow at 3')).toEqual(['unclear']);
  });
});
