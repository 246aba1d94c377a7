export type Preset = 'daily' | 'weekdays' | 'weekly' | 'monthly' | 'custom' | 'rrule';

/** A recurring rule as a form has it; what its preset does not use is kept for when the preset changes. */
export interface RepeatRule {
  preset: Preset;
  /** `09:00` */
  time: string;
  /** As cron counts: Sunday 0. */
  weekdays: number[];
  /** `1` to `31`, or `L`: the last one. */
  monthDay: string;
  /** Of `custom`, five fields or six. */
  cron: string;
  /** Of `rrule`: RFC 5545, a bare rule or several lines. */
  rrule: string;
}

/** What repeats, as the API has it. */
export type RepeatTime = { cron_expression: string } | { rrule: string };

export const everyDayAtNine: RepeatRule = {
  preset: 'daily',
  time: '09:00',
  weekdays: [1],
  monthDay: '1',
  cron: '0 9 * * *',
  rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=9;BYMINUTE=0;BYSECOND=0',
};

/** A rule as the API takes it; undefined while something of it is missing. */
export function repeatTimeOf(rule: RepeatRule): RepeatTime | undefined {
  if (rule.preset === 'rrule') return rule.rrule.trim() === '' ? undefined : { rrule: rule.rrule.trim() };
  const cron_expression = cronOf(rule);
  return cron_expression === undefined ? undefined : { cron_expression };
}

/** The cron expression of a rule; undefined while something of it is missing, and of one that is none. */
export function cronOf({ preset, time, weekdays, monthDay, cron }: RepeatRule): string | undefined {
  if (preset === 'rrule') return undefined;
  if (preset === 'custom') return cron.trim() === '' ? undefined : cron.trim();
  const [hour, minute] = time.split(':').map(Number);
  if (hour === undefined || minute === undefined || !Number.isInteger(hour + minute)) return undefined;
  const at = `${minute} ${hour}`;
  switch (preset) {
    case 'daily':
      return `${at} * * *`;
    case 'weekdays':
      return `${at} * * 1-5`;
    case 'weekly':
      return weekdays.length === 0 ? undefined : `${at} * * ${weekdays.toSorted((a, b) => a - b).join(',')}`;
    case 'monthly':
      return `${at} ${monthDay} * *`;
  }
}

/** The rule of a cron expression; `custom` where no preset says the same. */
export function ruleOfCron(expression: string): RepeatRule {
  const cron = expression.trim();
  const custom: RepeatRule = { ...everyDayAtNine, preset: 'custom', cron };
  const [minute, hour, day, month, weekday, more] = cron.split(/\s+/);
  if (!/^[0-5]?\d$/.test(minute ?? '') || !/^(?:[01]?\d|2[0-3])$/.test(hour ?? '')) return custom;
  if (month !== '*' || more !== undefined) return custom;
  const rule = { ...everyDayAtNine, cron, time: `${hour?.padStart(2, '0')}:${minute?.padStart(2, '0')}` };
  if (weekday === '*') {
    if (day === '*') return { ...rule, preset: 'daily' };
    if (day !== undefined && /^(?:[1-9]|[12]\d|3[01]|L)$/.test(day))
      return { ...rule, preset: 'monthly', monthDay: day };
    return custom;
  }
  if (day !== '*') return custom;
  if (weekday === '1-5' || weekday === '1,2,3,4,5') return { ...rule, preset: 'weekdays' };
  if (!weekday || !/^[0-7](?:,[0-7])*$/.test(weekday)) return custom;
  const weekdays = [...new Set(weekday.split(',').map((each) => Number(each) % 7))];
  return { ...rule, preset: 'weekly', weekdays: weekdays.toSorted((a, b) => a - b) };
}

export function ruleOfRrule(rrule: string): RepeatRule {
  return { ...everyDayAtNine, preset: 'rrule', rrule };
}

const MINUTE_MS = 60_000;

/** Whether instants follow each other faster than the server lets a rule fire. */
export function isTooOften(instants: readonly string[]): boolean {
  return instants.some((instant, index) => {
    const before = instants[index - 1];
    return before !== undefined && Date.parse(instant) - Date.parse(before) < MINUTE_MS;
  });
}
