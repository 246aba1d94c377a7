import { RuleError } from './recurrence.ts';

/** One content line of RFC 5545 3.1: `NAME;PARAMETER=value:value`. Names are in capitals, values as they were given. */
export interface ContentLine {
  name: string;
  parameters: ReadonlyMap<string, string>;
  value: string;
}

const LONGEST_TEXT = 20_000;

const BREAK = /\r\n|\r|\n|\\r\\n|\\n/;
const FOLD = /(?:\r\n|\r|\n|\\r\\n|\\n)[ \t]/g;
const NAME = /^[A-Za-z][A-Za-z0-9-]*$/;

/**
 * The lines of a recurrence rule, unfolded. A literal `\n` breaks a line too, and a bare rule (`FREQ=…`) is a line
 * `RRULE:FREQ=…`.
 * @throws RuleError
 */
export function contentLines(text: string): ContentLine[] {
  if (text.length > LONGEST_TEXT) throw new RuleError('The rule is longer than 20,000 characters.');
  const lines = text.replaceAll(FOLD, '').split(BREAK);
  return lines.map((line) => line.trim()).flatMap((line) => (line === '' ? [] : [contentLine(line)]));
}

function contentLine(line: string): ContentLine {
  if (/^FREQ=/i.test(line)) return { name: 'RRULE', parameters: new Map(), value: line };
  const colon = colonOf(line);
  const [name = '', ...parameters] = (colon < 0 ? line : line.slice(0, colon)).split(';');
  if (colon < 0 || !NAME.test(name)) {
    throw new RuleError(
      `"${line}" is neither a rule like FREQ=DAILY nor a line like DTSTART:19970902T090000.`,
    );
  }
  const property = name.toUpperCase();
  return { name: property, parameters: parametersOf(property, parameters), value: line.slice(colon + 1) };
}

/** The first colon that is not within quotes. */
function colonOf(line: string): number {
  let quoted = false;
  for (let index = 0; index < line.length; index++) {
    if (line[index] === '"') quoted = !quoted;
    if (line[index] === ':' && !quoted) return index;
  }
  return -1;
}

function parametersOf(property: string, given: readonly string[]): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const text of given) {
    const equals = text.indexOf('=');
    const key = text.slice(0, Math.max(equals, 0)).toUpperCase();
    if (key !== 'TZID' && key !== 'VALUE') {
      throw new RuleError(
        `${property} has "${text}" before its colon, where only TZID= and VALUE= are understood.`,
      );
    }
    if (parameters.has(key)) throw new RuleError(`${property} has ${key} twice.`);
    parameters.set(key, text.slice(equals + 1).replace(/^"(.*)"$/, '$1'));
  }
  return parameters;
}
