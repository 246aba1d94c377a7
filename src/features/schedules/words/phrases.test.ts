import { Temporal } from 'temporal-polyfill';
import { afterAll, expect, test } from 'vitest';
import { englishHeldOutMore } from '#test/phrases/en-held-out-more.ts';
import { englishHeldOut } from '#test/phrases/en-held-out.ts';
import { englishUnseenLast } from '#test/phrases/en-unseen-last.ts';
import { englishUnseenMore } from '#test/phrases/en-unseen-more.ts';
import { englishUnseen } from '#test/phrases/en-unseen.ts';
import { english } from '#test/phrases/en.ts';
import type { Phrase } from '#test/phrases/phrase.ts';
import { russianHeldOutMore } from '#test/phrases/ru-held-out-more.ts';
import { russianHeldOut } from '#test/phrases/ru-held-out.ts';
import { russianUnseenLast } from '#test/phrases/ru-unseen-last.ts';
import { russianUnseenMore } from '#test/phrases/ru-unseen-more.ts';
import { russianUnseen } from '#test/phrases/ru-unseen.ts';
import { russian } from '#test/phrases/ru.ts';
import { ruleOfWords } from '../rule-of-words.ts';
import { nextInstant } from '../rule.ts';
import { parseWhen } from './parse-when.ts';

/** A Wednesday, 14:05 in Berlin. */
const now = new Date('2026-11-18T13:05:00Z');
const timezone = 'Europe/Berlin';

const WANTED_SHARE = 0.95;

function meaningOf(text: string): string {
  const when = parseWhen(text, { now, timezone });
  switch (when.kind) {
    case 'one_time':
      return Temporal.Instant.fromEpochMilliseconds(when.trigger_at.getTime())
        .toZonedDateTimeISO(timezone)
        .toPlainDateTime()
        .toString()
        .replace(/:00$/, '');
    case 'recurring':
      return when.cron_expression ?? when.rrule.replace(/^DTSTART:(\w+)\nRRULE:/, '$1 ');
    case 'unclear':
      return 'asks';
    case 'none':
      return 'none';
  }
}

/** Those of another meaning than theirs; to ask where a time was meant is no misunderstanding. */
function judge(phrases: readonly Phrase[]) {
  const wrong = phrases.flatMap(([text, meaning]) => {
    const found = meaningOf(text);
    return found === meaning ? [] : [{ text, meaning, found }];
  });
  return {
    asked: wrong.filter(({ found }) => found === 'asks').map(({ text }) => text),
    misunderstood: wrong.filter(({ found }) => found !== 'asks'),
    understood: phrases.length - wrong.length,
    share: (phrases.length - wrong.length) / phrases.length,
  };
}

const languages = {
  en: {
    seen: english,
    heldOut: [...englishHeldOut, ...englishHeldOutMore],
    unseen: [...englishUnseen, ...englishUnseenMore, ...englishUnseenLast],
  },
  ru: {
    seen: russian,
    heldOut: [...russianHeldOut, ...russianHeldOutMore],
    unseen: [...russianUnseen, ...russianUnseenMore, ...russianUnseenLast],
  },
};
const all = Object.values(languages).flatMap(({ seen, heldOut, unseen }) => [...seen, ...heldOut, ...unseen]);

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const lines: string[] = [];

afterAll(() => {
  console.log(lines.join('\n'));
});

test.each(Object.entries(languages))('words %s', (language, { seen, heldOut, unseen }) => {
  const phrases = [...seen, ...heldOut, ...unseen];
  const { asked, misunderstood, understood, share } = judge(phrases);
  lines.push(
    `words ${language}: ${understood} of ${phrases.length} understood (${percent(share)}), ` +
      `${misunderstood.length} misunderstood; held out ${percent(judge(heldOut).share)}, ` +
      `unseen ${percent(judge(unseen).share)}, others ${percent(judge(seen).share)}`,
  );
  expect(misunderstood).toEqual([]);
  expect(share, `asked about: ${asked.join(' | ')}`).toBeGreaterThanOrEqual(WANTED_SHARE);
});

test('every rule comes, and an RRULE first at its DTSTART', () => {
  for (const [text] of all) {
    const when = parseWhen(text, { now, timezone });
    if (when.kind !== 'recurring') continue;
    const next = nextInstant(ruleOfWords(when, now, timezone), now);
    expect(next, text).not.toBeNull();
    if (when.rrule === undefined) continue;
    const first = /^DTSTART:(\w+)/.exec(when.rrule)?.[1] ?? '';
    expect(next?.getTime(), text).toBe(
      Temporal.PlainDateTime.from(first).toZonedDateTime(timezone).epochMilliseconds,
    );
  }
});

test('no phrase is there twice', () => {
  const texts = all.map(([text]) => text);
  expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
});
