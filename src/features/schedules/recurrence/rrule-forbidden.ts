import { RuleError } from './recurrence.ts';
import type { RruleRule } from './rrule-rule.ts';

/**
 * Refuses what RFC 5545 3.3.10 says MUST NOT be.
 * @throws RuleError naming the part
 */
export function refuseForbidden(rule: RruleRule): void {
  const { freq } = rule;
  const refuse = (forbidden: boolean, why: string) => {
    if (forbidden) throw new RuleError(why);
  };
  const numbered = rule.byday.some((day) => day.nth !== null);
  const is = (...frequencies: readonly RruleRule['freq'][]) => frequencies.includes(freq);

  refuse(rule.count !== null && rule.until !== null, 'COUNT and UNTIL are both there: a rule ends by one.');
  refuse(
    numbered && !is('MONTHLY', 'YEARLY'),
    `BYDAY has numbers only with MONTHLY and YEARLY, not ${freq}.`,
  );
  refuse(numbered && rule.byweekno.length > 0, 'BYDAY has no numbers when BYWEEKNO is there.');
  refuse(rule.byweekno.length > 0 && !is('YEARLY'), `BYWEEKNO is only for YEARLY, not ${freq}.`);
  refuse(rule.bymonthday.length > 0 && is('WEEKLY'), 'BYMONTHDAY is not for WEEKLY.');
  refuse(rule.byyearday.length > 0 && is('DAILY', 'WEEKLY', 'MONTHLY'), `BYYEARDAY is not for ${freq}.`);
  refuse(
    rule.bysetpos.length > 0 && !hasOtherList(rule),
    'BYSETPOS chooses among what another BY part gives, but there is none.',
  );
  refuse(
    rule.bysecond.length > 0 && rule.bysecond.every((second) => second === 60),
    'BYSECOND=60 is a leap second, which no clock here ever shows.',
  );
}

function hasOtherList(rule: RruleRule): boolean {
  const { bysecond, byminute, byhour, byday, bymonthday, byyearday, byweekno, bymonth } = rule;
  return [bysecond, byminute, byhour, byday, bymonthday, byyearday, byweekno, bymonth].some(
    (list) => list.length > 0,
  );
}
