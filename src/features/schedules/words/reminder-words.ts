import { question } from './questions.ts';
import type { Language, RepeatingRule, WhenResult } from './result.ts';

/** What a request for a reminder says: what, and when. */
export type ReminderWords =
  | { kind: 'one_time'; text: string; trigger_at: Date }
  | ({ kind: 'recurring'; text: string } & RepeatingRule)
  /** There is a time in it, but not one we are sure of. */
  | { kind: 'unclear'; question: string }
  /** It names no time. The text is empty where it says nothing else. */
  | { kind: 'none'; text: string };

/** The words that ask for a reminder, wherever they stand. */
const HEADS: Record<Language, RegExp> = {
  en: /(?<![\p{L}])(?<head>remind (?:me|us)|i(?:['’]d like| would like| need| want| have)? to be reminded|(?:set|create|add|make|schedule|put)(?: up)?(?: me| us)? an?(?: \p{L}+)? reminder(?: for (?:me|us))?|(?:a )?new reminder|(?:a )?reminder(?=:| to | for )|wake (?:me|us)(?: up)?|don['’]?t let me forget|ping me|notify me|alert me|nudge me)(?![\p{L}])/iu,
  ru: /(?<![\p{L}])(?<head>напоминай(?:те)?(?: мне| нам)?|напомни(?:те|ть)?(?: мне| нам)?|(?:поставь|создай|добавь|сделай|установи|запланируй)(?:те)?(?: мне| нам)?(?: \p{L}+)? напоминание(?: на)?|новое напоминание|напоминание(?=:)|разбуди(?:те)?(?: меня)?|не дай(?:те)? (?:мне )?забыть)(?![\p{L}])/iu,
};

/** Other ways to ask for one: "set a timer for 10 minutes" is "remind me in 10 minutes". */
const OTHER_WAYS: Record<Language, ReadonlyArray<{ pattern: RegExp; head: string }>> = {
  en: [
    { pattern: /^(?:remember|don['’]?t forget|make sure(?: i)?) to (?<rest>.+)$/is, head: 'remind me to' },
    {
      pattern: /^(?:(?:set|start|run) )?(?:an? |the )?timer(?: (?:for|of|to|in))? (?<rest>.+)$/is,
      head: 'remind me in',
    },
    {
      pattern: /^(?:(?:set|start|run) )?(?:an? |the )?(?<rest>\d+[\s-]?(?:s|m|h|sec|min|hour)[a-z]*) timer$/i,
      head: 'remind me in',
    },
    {
      pattern:
        /^(?:(?:set|put|make|create) )?(?:an? |the |my )?alarm(?: clock)?(?: for| at| to)? (?<rest>.+)$/is,
      head: 'wake me up at',
    },
    { pattern: /^\/remind(?:er|me)?(?: me)?(?: to)? (?<rest>.+)$/is, head: 'remind me' },
  ],
  ru: [
    { pattern: /^(?:не забудь(?:те)?|не забыть)(?: что)? (?<rest>.+)$/isu, head: 'напомни' },
    {
      pattern:
        /^(?:(?:(?:поставь|заведи|включи|запусти)(?:те)? )?таймер(?: на)?|засеки(?:те)?) (?<rest>.+)$/isu,
      head: 'напомни через',
    },
    {
      pattern: /^(?:(?:поставь|заведи|включи)(?:те)? )?будильник (?<rest>.+)$/isu,
      head: 'разбуди меня',
    },
  ],
};

/** The words between the request and what to say; "again" and "please" are such only where no words of it can be. */
const LEADS: Record<Language, RegExp> = {
  en: /^(?:[\s.,:–—-]*(?:please|and|again)(?![\p{L}]))*(?:[\s.,:–—-]*(?:to|about|that|of|for|saying|(?:please|and|again)(?=[\s,]+(?:to|about|that)(?![\p{L}]))|i (?:have|need|want) to)(?![\p{L}]))*[\s.,:–—-]*/iu,
  ru: /^(?:[\s.,:–—-]*(?:что|чтобы(?: я)?|про|о том|мне|нам|пожалуйста|и|нужно|надо)(?![\p{L}]))*[\s.,:–—-]*/iu,
};

const WAKE = /^(?:wake|разбуди)/iu;
const ASKS = /(?<![\p{L}])(?:remind|reminder|напомни|напоминай|напоминание|разбуди|wake)/iu;

/** What is said where only a time was named. */
const PLAIN: Record<Language, { reminder: string; wake_up: string }> = {
  en: { reminder: 'Reminder', wake_up: 'Wake up' },
  ru: { reminder: 'Напоминание', wake_up: 'Пора вставать' },
};

const OPENINGS =
  /^(?:(?:hi|hello|hey|привет|здравствуй(?:те)?|добр(?:ый|ое) (?:день|утро|вечер))[,!.]?\s+(?=\S+\s+\S))?(?:(?:hey|ok|okay|so|please|pls|well|and|famulus|фамулус|пожалуйста|слушай|ну|а)[,!]?\s+)*(?:(?:can|could|would|will) you\s+(?:please\s+)?|(?:можешь|можете|не мог(?:ла|ли)? бы)(?: ты| вы)?\s+|i(?:['’]d like| want| need) you to\s+)?(?:please\s+|пожалуйста,?\s+)?/iu;
const CLOSINGS = /(?:[,\s]+(?:please|thanks|пожалуйста|спасибо))?[\s.!?]*$/iu;

/** A request without polite openings and closing signs. */
export function tidyRequest(text: string): string {
  const trimmed = text.trim().normalize('NFC').replace(/\s+/g, ' ');
  const bare = trimmed.replace(OPENINGS, '').replace(CLOSINGS, '');
  // "please" alone is still a message
  return bare === '' ? trimmed.replace(/[\s.!?]+$/, '') : bare;
}

/** Whether a text says outright that it asks for a reminder. */
export function asksForReminder(text: string, language: Language): boolean {
  return ASKS.test(text) && HEADS[language].test(text);
}

/** A text that asks for a reminder, in whichever way, as one that says "remind me"; undefined when it does not ask. */
export function asReminderRequest(text: string, language: Language): string | undefined {
  for (const { pattern, head } of OTHER_WAYS[language]) {
    const rest = pattern.exec(text)?.groups?.['rest'];
    if (rest === undefined) continue;
    // "don't forget to remind me" asks in its own words already
    return HEADS[language].exec(rest)?.index === 0 ? rest : `${head} ${rest}`;
  }
  return HEADS[language].test(text) ? text : undefined;
}

/**
 * What a text says beside its time: with the words that ask for a reminder taken off, or all of it where there are
 * none. `when` is what is known of the text's time.
 */
export function readReminder(text: string, language: Language, when: WhenResult): ReminderWords {
  switch (when.kind) {
    case 'one_time':
      return { kind: 'one_time', text: wordsIn(when.rest, text, language), trigger_at: when.trigger_at };
    case 'recurring': {
      const { rest, ...rule } = when;
      return { ...rule, text: wordsIn(rest, text, language) };
    }
    case 'unclear':
      return when;
    case 'none':
      return { kind: 'none', text: wordsIn(text, text, language) };
  }
}

/** Asks for the time of what comes never: 30 February. */
export function questionForRealDate(language: Language): string {
  return question('impossible_date', language);
}

function wordsIn(rest: string, whole: string, language: Language): string {
  const head = HEADS[language].exec(whole)?.groups?.['head'];
  if (head === undefined) return withoutSigns(/^to\s/i.test(whole) ? rest : rest.replace(/^to\s+/i, ''));
  const words = stripHead(rest, language);
  if (words !== '') return words;
  return WAKE.test(head) ? PLAIN[language].wake_up : PLAIN[language].reminder;
}

function stripHead(text: string, language: Language): string {
  const head = HEADS[language].exec(text);
  const [before, after] = head
    ? [text.slice(0, head.index), text.slice(head.index + head[0].length)]
    : ['', text];
  const said = [before, after].map((part) => part.trim().replace(LEADS[language], ''));
  return withoutSigns(said.join(' '));
}

function withoutSigns(words: string): string {
  return words
    .trim()
    .replace(/[\s,;:]+$|(?<=[^.])\.$/g, '')
    .replace(/^["“«](?<inner>[^"“”«»]+)["”»]$/, '$<inner>');
}
