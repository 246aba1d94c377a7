import { RuleError, type Recurrence } from './recurrence.ts';

export function parseRrule(_text: string, _zone: string, _start: number): Recurrence {
  throw new RuleError('RRULE is not understood yet');
}
