import { describe, expect, test } from 'vitest';

import { parseCron } from './cron.ts';
import { RuleError } from './recurrence.ts';

describe('what is wrong is said', () => {
  test.each([
    ['', 'five or six fields are expected, not 0'],
    ['* * * *', 'five or six fields are expected, not 4'],
    ['* * * * * * *', 'five or six fields are expected, not 7'],
    [
      '@reboot',
      '@reboot is not known, these are: @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly',
    ],
    ['60 * * * *', 'minute: 60 is out of range, 0-59 is allowed'],
    ['60 * * * * *', 'second: 60 is out of range, 0-59 is allowed'],
    ['* 24 * * *', 'hour: 24 is out of range, 0-23 is allowed'],
    ['* * 0 * *', 'day of month: 0 is out of range, 1-31 is allowed'],
    ['* * 32W * *', 'day of month: 32 is out of range, 1-31 is allowed'],
    ['* * L-31 * *', 'day of month: L-31 is out of range, L-1 to L-30 is allowed'],
    ['* * * 13 *', 'month: 13 is out of range, 1-12 or JAN-DEC is allowed'],
    ['* * * * 8', 'day of week: 8 is out of range, 0-7 or SUN-SAT is allowed'],
    ['* * * january *', 'month: "JANUARY" is not understood, 1-12 or JAN-DEC is allowed'],
    ['* * * * MON-', 'day of week: "MON-" is not understood, 0-7 or SUN-SAT is allowed'],
    ['-1 * * * *', 'minute: "-1" is not understood, 0-59 is allowed'],
    ['1.5 * * * *', 'minute: "1.5" is not understood, 0-59 is allowed'],
    ['1e1 * * * *', 'minute: "1E1" is not understood, 0-59 is allowed'],
    ['NaN * * * *', 'minute: "NAN" is not understood, 0-59 is allowed'],
    ['1,,2 * * * *', 'minute: "" is not understood, 0-59 is allowed'],
    ['? * * * *', 'minute: "?" is not understood, 0-59 is allowed'],
    ['+1 * * * *', 'minute: "+1" is not understood, 0-59 is allowed'],
    ['1-2-3 * * * *', 'minute: "1-2-3" is not understood, 0-59 is allowed'],
    ['*-5 * * * *', 'minute: "*-5" is not understood, 0-59 is allowed'],
    ['*/0 * * * *', 'minute: the step of "*/0" is not one of 1-60'],
    ['*/ * * * *', 'minute: the step of "*/" is not one of 1-60'],
    ['1/2/3 * * * *', 'minute: the step of "1/2/3" is not one of 1-60'],
    ['* */25 * * *', 'hour: the step of "*/25" is not one of 1-24'],
    ['* * MON * *', 'day of month: "MON" is not understood, 1-31 is allowed'],
    ['* * 1-5W * *', 'day of month: "1-5W" is not understood, 1-31 is allowed'],
    ['* * W * *', 'day of month: "W" is not understood, 1-31 is allowed'],
    ['* * 1,? * *', 'day of month: "?" stands alone'],
    ['* * * * 1,?', 'day of week: "?" stands alone'],
    ['* * * * L', 'day of week: L needs a day before it, as in 5L or FRI#L'],
    ['* * * * 1#6', 'day of week: "1#6" is not understood, #1 to #5 or #L is allowed'],
    ['* * * * 1#0', 'day of week: "1#0" is not understood, #1 to #5 or #L is allowed'],
    ['* * * * #1', 'day of week: "#1" is not understood, 0-7 or SUN-SAT is allowed'],
    ['* * * * */2#1', 'day of week: "*/2#1" has a step or *, which # and L do not go with'],
    ['* * * * ++1', 'day of week: "+1" is not understood, 0-7 or SUN-SAT is allowed'],
    ['* * * * +', 'day of week: "" is not understood, 0-7 or SUN-SAT is allowed'],
    [`${'1,'.repeat(100)}1 * * * *`, 'an expression has at most 200 characters'],
  ])('%s', (expression, message) => {
    expect(() => parseCron(expression, 'UTC')).toThrow(new RuleError(message));
  });

  test('a zone that is none', () => {
    expect(() => parseCron('* * * * *', 'Mars/Olympus')).toThrow(
      new RuleError('"Mars/Olympus" is no time zone'),
    );
  });
});
