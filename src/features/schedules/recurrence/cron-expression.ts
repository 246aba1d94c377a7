import { type Bits, noBits, addBit } from './cron-bits.ts';
import { dayRule, type DayRule } from './cron-days.ts';
import { HOUR, MINUTE, MONTH, numbersOf, SECOND } from './cron-fields.ts';
import { RuleError } from './recurrence.ts';

/** What an expression says of the wall clock. */
export interface WallClockRule {
  seconds: Bits;
  minutes: Bits;
  hours: Bits;
  months: Bits;
  days: DayRule;
  /** Whether the minute or hour field starts with `*`: such a rule follows real time where clocks change. */
  wild: boolean;
}

const MOST_CHARACTERS = 200;

const NICKNAMES: Record<string, string> = {
  '@YEARLY': '0 0 1 1 *',
  '@ANNUALLY': '0 0 1 1 *',
  '@MONTHLY': '0 0 1 * *',
  '@WEEKLY': '0 0 * * 0',
  '@DAILY': '0 0 * * *',
  '@MIDNIGHT': '0 0 * * *',
  '@HOURLY': '0 * * * *',
};

const ON_THE_MINUTE = noBits();
addBit(ON_THE_MINUTE, 0);

/**
 * Reads five fields, six with the seconds first, or a nickname.
 * @throws RuleError that names the field
 */
export function wallClockRule(expression: string): WallClockRule {
  if (expression.length > MOST_CHARACTERS) {
    throw new RuleError(`an expression has at most ${MOST_CHARACTERS} characters`);
  }
  const text = expression.trim().toUpperCase();
  const spelled = text.startsWith('@') ? NICKNAMES[text] : text;
  if (spelled === undefined) {
    throw new RuleError(
      `${expression.trim()} is not known, these are: ${Object.keys(NICKNAMES).join(', ').toLowerCase()}`,
    );
  }
  const fields = spelled.split(/\s+/);
  if (fields.length !== 5 && fields.length !== 6) {
    throw new RuleError(`five or six fields are expected, not ${text === '' ? 0 : fields.length}`);
  }
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields.slice(-5);
  return {
    seconds: fields.length === 6 ? numbersOf(SECOND, fields[0] ?? '') : ON_THE_MINUTE,
    minutes: numbersOf(MINUTE, minute),
    hours: numbersOf(HOUR, hour),
    days: dayRule(day, weekday),
    months: numbersOf(MONTH, month),
    wild: minute.startsWith('*') || hour.startsWith('*'),
  };
}
