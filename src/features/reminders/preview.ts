import {
  asReminderRequest,
  describeSchedule,
  languageOf,
  localTimeOf,
  nextInstants,
  parseWhen,
  questionForRealDate,
  readReminder,
  ruleOfWords,
  tidyRequest,
  type Language,
  type Rule,
} from '#features/schedules/index.ts';
import type { ReminderPreview, UnderstoodReminder } from './contract.ts';

/** Where and when a text is read. */
export interface Reader {
  now: Date;
  timezone: string;
  locale: string;
}

const SHOWN_INSTANTS = 3;

const MISSING: Record<Language, { time: string; text: string }> = {
  en: {
    time: 'When? For example “in 20 minutes”, “tomorrow at 9” or “every Monday at 9”.',
    text: 'What shall I remind you of?',
  },
  ru: {
    time: 'Когда? Например: «через 20 минут», «завтра в 9» или «каждый понедельник в 9».',
    text: 'О чём напомнить?',
  },
};

function asks(question: string): ReminderPreview {
  return { understood: null, next: [], local: [], description: null, question };
}

/**
 * What a reminder in a person's own words would be: "water the plants every weekday at 8:30", with or without "remind
 * me to". Where anything is missing or unsure it is asked for, in the language of the text.
 */
export function previewOfWords(words: string, { now, timezone, locale }: Reader): ReminderPreview {
  const language = languageOf(words, locale);
  const tidied = tidyRequest(words);
  const request = asReminderRequest(tidied, language) ?? tidied;
  const read = readReminder(request, language, parseWhen(request, { now, timezone, locale }));
  if (read.kind === 'unclear') return asks(read.question);
  if (read.kind === 'none') return asks(MISSING[language].time);
  if (read.text === '') return asks(MISSING[language].text);

  const { kind: type, ...fields } = read;
  const understood: UnderstoodReminder = { type, ...fields, timezone };
  const rule: Rule =
    read.kind === 'one_time'
      ? { type: 'one_time', trigger_at: read.trigger_at, timezone }
      : ruleOfWords(read, now, timezone);
  const next = nextInstants(rule, now, SHOWN_INSTANTS);
  if (next.length === 0) return asks(questionForRealDate(language));
  return {
    understood,
    next,
    local: next.map((instant) => localTimeOf(instant, timezone)),
    description: describeSchedule(rule, language, now),
    question: null,
  };
}
