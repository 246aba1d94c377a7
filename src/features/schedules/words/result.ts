/**
 * How something repeats: a cron expression where one says it, else an RRULE of RFC 5545 whose DTSTART is a local time
 * of the reader's zone, the first one after the words were received.
 */
export type RepeatingRule =
  | { cron_expression: string; rrule?: undefined }
  | { rrule: string; cron_expression?: undefined };

/** What a person's words say about time. `rest` is their text with the time phrase cut out. */
export type WhenResult =
  | { kind: 'one_time'; trigger_at: Date; rest: string }
  | ({ kind: 'recurring'; rest: string } & RepeatingRule)
  /** There is a time in it, but not one we are sure of: `question` asks for it in the text's language. */
  | { kind: 'unclear'; question: string }
  | { kind: 'none' };

export interface WhenContext {
  /** The instant the words were received: "in 10 seconds" counts from it. */
  now: Date;
  /** IANA zone the words are meant in. */
  timezone: string;
  /** Used only where the text itself doesn't show its language. */
  locale?: string;
}

export type Language = 'en' | 'ru';

/** Cyrillic or Latin letters decide; a text without letters is in the language of `locale`. */
export function languageOf(text: string, locale?: string): Language {
  if (/\p{Script=Cyrillic}/u.test(text)) return 'ru';
  if (/\p{Script=Latin}/u.test(text)) return 'en';
  return locale?.toLowerCase().startsWith('ru') ? 'ru' : 'en';
}
