import { expect, test } from 'vitest';
import { englishHeldOutMore } from '#test/phrases/en-held-out-more.ts';
import { englishHeldOut } from '#test/phrases/en-held-out.ts';
import { english } from '#test/phrases/en.ts';
import { russianHeldOutMore } from '#test/phrases/ru-held-out-more.ts';
import { russianHeldOut } from '#test/phrases/ru-held-out.ts';
import { russian } from '#test/phrases/ru.ts';
import { ruleOfWords } from '../rule-of-words.ts';
import { nextInstants, type RecurringRule } from '../rule.ts';
import { describeSchedule } from './describe-schedule.ts';
import { parseWhen } from './parse-when.ts';
import type { Language } from './result.ts';

/** A Wednesday, 14:05 in Berlin. */
const now = new Date('2026-11-18T13:05:00Z');
const timezone = 'Europe/Berlin';
const COMPARED_INSTANTS = 12;

/** The rules that the phrases of a language mean, each once. */
function rulesOf(texts: readonly string[]): RecurringRule[] {
  const rules = new Map<string, RecurringRule>();
  for (const text of texts) {
    const when = parseWhen(text, { now, timezone });
    if (when.kind === 'recurring')
      rules.set(when.cron_expression ?? when.rrule, ruleOfWords(when, now, timezone));
  }
  return [...rules.values()];
}

test.each([
  ['en', [...english, ...englishHeldOut, ...englishHeldOutMore]],
  ['ru', [...russian, ...russianHeldOut, ...russianHeldOutMore]],
] satisfies Array<[Language, unknown[]]>)(
  'what %s rules are described as means the same rule, or is asked about',
  (language, phrases) => {
    const rules = rulesOf(phrases.map(([text]) => text));
    let same = 0;
    for (const rule of rules) {
      const words = describeSchedule(rule, language, now);
      const again = parseWhen(words, { now, timezone });
      if (again.kind === 'unclear') continue;
      expect(again.kind, words).toBe('recurring');
      if (again.kind !== 'recurring') continue;
      const read = ruleOfWords(again, now, timezone);
      expect(nextInstants(read, now, COMPARED_INSTANTS), words).toEqual(
        nextInstants(rule, now, COMPARED_INSTANTS),
      );
      same += 1;
    }
    expect(same / rules.length).toBeGreaterThan(0.8);
  },
);
