import { RuleError } from './recurrence.ts';
import type { ContentLine } from './rrule-lines.ts';

/** A date or time of a rule, as it was written. */
export interface RruleDate {
  /** `date`: a whole day; `floating`: wall clock of whatever zone; `utc`: an instant; `zoned`: wall clock in `tzid`. */
  kind: 'date' | 'floating' | 'utc' | 'zoned';
  /** What is written, as ms since 1970 as if it were UTC; of a day its midnight. */
  local: number;
  tzid?: string;
}

const DATE = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/;

/**
 * Dates of a line, separated by commas.
 * @throws RuleError
 */
export function readDates(line: ContentLine): RruleDate[] {
  const { name, parameters, value } = line;
  const type = parameters.get('VALUE')?.toUpperCase();
  if (type !== undefined && type !== 'DATE' && type !== 'DATE-TIME') {
    throw new RuleError(`${name} with VALUE=${type} is not understood: only DATE and DATE-TIME are.`);
  }
  const tzid = parameters.get('TZID');
  return value.split(',').map((text) => {
    const date = readDate(name, text.trim());
    if (type && (type === 'DATE') !== (date.kind === 'date')) {
      throw new RuleError(
        `${name} says VALUE=${type}, but "${text}" is ${type === 'DATE' ? 'a time' : 'a date'}.`,
      );
    }
    if (tzid === undefined || date.kind === 'date') return date;
    if (date.kind === 'utc')
      throw new RuleError(`${name} has a TZID and a time that ends with Z: one of them.`);
    return { kind: 'zoned', local: date.local, tzid };
  });
}

/**
 * One date without its parameters: `19970902T090000`, `19970902T090000Z` or `19970902`. `name` is for the message.
 * @throws RuleError
 */
export function readDate(name: string, text: string): RruleDate {
  const match = DATE.exec(text.toUpperCase());
  const [, year, month, day, hour = '00', minute = '00', second = '00', zulu] = match ?? [];
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const local = match ? Date.parse(iso) : Number.NaN;
  // Date.parse makes March of 30 February and a next day of 24:00.
  if (Number.isNaN(local) || new Date(local).toISOString() !== iso) {
    throw new RuleError(
      `${name} "${text}" is not a date like 19970902T090000, 19970902T090000Z or 19970902.`,
    );
  }
  if (zulu === undefined) return { kind: 'date', local };
  return { kind: zulu === 'Z' ? 'utc' : 'floating', local };
}
