import { RuleError } from './recurrence.ts';
import { readDates, type RruleDate } from './rrule-dates.ts';
import { contentLines, type ContentLine } from './rrule-lines.ts';
import { readRule, type RruleRule } from './rrule-rule.ts';

/** A recurrence rule as it is written, nothing filled in. Lists are as given, empty where the part is missing. */
export interface RruleParts extends RruleRule {
  /** null in a bare rule, which starts when it was made. */
  dtstart: RruleDate | null;
  exdates: readonly RruleDate[];
  rdates: readonly RruleDate[];
}

/**
 * Reads a recurrence rule (RFC 5545 3.3.10, 3.8.5): `FREQ=…`, `RRULE:FREQ=…` or lines DTSTART, RRULE, EXDATE and RDATE.
 * What the RFC forbids is refused. Whether its zones exist is not looked at.
 * @throws RuleError
 */
export function readRrule(text: string): RruleParts {
  const lines = contentLines(text);
  const unknown = lines.find((line) => !['DTSTART', 'RRULE', 'EXDATE', 'RDATE'].includes(line.name));
  if (unknown) {
    throw new RuleError(`${unknown.name} is not understood: only DTSTART, RRULE, EXDATE and RDATE are.`);
  }
  const rrule = only('RRULE', lines);
  if (!rrule) throw new RuleError('RRULE is missing: a rule begins with FREQ=, as in FREQ=DAILY.');
  if (rrule.parameters.size > 0) throw new RuleError('RRULE takes no TZID and no VALUE.');
  const dtstart = only('DTSTART', lines);
  return {
    ...readRule(rrule.value),
    dtstart: dtstart ? startOf(dtstart) : null,
    exdates: lines.filter((line) => line.name === 'EXDATE').flatMap(readDates),
    rdates: lines.filter((line) => line.name === 'RDATE').flatMap(readDates),
  };
}

function only(name: string, lines: readonly ContentLine[]): ContentLine | undefined {
  const [first, second] = lines.filter((line) => line.name === name);
  if (second) throw new RuleError(`${name} is there twice: one rule has one.`);
  return first;
}

function startOf(line: ContentLine): RruleDate {
  const [start, second] = readDates(line);
  if (!start || second) throw new RuleError('DTSTART is one date, not several.');
  return start;
}
