import { call, say, type Message, type Plan, type Planner } from './plan.ts';
import { parseSpan, parseWhen, type Language, type WhenResult } from './words.ts';

/** The words that ask for a reminder, wherever they stand. */
const HEADS: Record<Language, RegExp> = {
  en: /(?<![\p{L}])(?<head>remind (?:me|us)|i(?:['’]d like| would like| need| want| have)? to be reminded|(?:set|create|add|make|schedule|put)(?: up)?(?: me| us)? an?(?: \p{L}+)? reminder(?: for (?:me|us))?|(?:a )?new reminder|(?:a )?reminder(?=:| to | for )|wake (?:me|us)(?: up)?|don['’]?t let me forget|ping me|notify me|alert me|nudge me)(?![\p{L}])/iu,
  ru: /(?<![\p{L}])(?<head>напоминай(?:те)?(?: мне| нам)?|напомни(?:те|ть)?(?: мне| нам)?|(?:поставь|создай|добавь|сделай|установи|запланируй)(?:те)?(?: мне| нам)?(?: \p{L}+)? напоминание(?: на)?|новое напоминание|напоминание(?=:)|разбуди(?:те)?(?: меня)?|не дай(?:те)? (?:мне )?забыть)(?![\p{L}])/iu,
};

/** The words between the request and what to say; "again" and "please" are such only where no words of it can be. */
const LEADS: Record<Language, RegExp> = {
  en: /^(?:[\s.,:–—-]*(?:please|and|again)(?![\p{L}]))*(?:[\s.,:–—-]*(?:to|about|that|of|for|saying|(?:please|and|again)(?=[\s,]+(?:to|about|that)(?![\p{L}]))|i (?:have|need|want) to)(?![\p{L}]))*[\s.,:–—-]*/iu,
  ru: /^(?:[\s.,:–—-]*(?:что|чтобы(?: я)?|про|о том|мне|нам|пожалуйста|и|нужно|надо)(?![\p{L}]))*[\s.,:–—-]*/iu,
};

const WAKE = /^(?:wake|разбуди)/iu;
const ASKS = /(?<![\p{L}])(?:remind|reminder|напомни|напоминай|напоминание|разбуди|wake)/iu;

/** Whether a message asks for a reminder at all. */
export function asksForReminder(text: string, language: Language): boolean {
  return ASKS.test(text) && HEADS[language].test(text);
}

/** "remind me tomorrow at 9 to call Mum". */
export const createReminder: Planner = (message) => {
  const { text, context, language } = message;
  if (!HEADS[language].test(text)) return undefined;
  return planOf(
    message,
    text,
    parseWhen(text, { now: context.receivedAt, timezone: context.timezone, locale: context.locale }),
  );
};

/** Another way to ask for one: "set a timer for 10 minutes" is "remind me in 10 minutes". */
export function asReminder(head: string): Planner {
  return (message, { rest = '' }) => {
    // "don't forget to remind me" asks in its own words already
    const asked = HEADS[message.language].exec(rest)?.index === 0;
    return createReminder({ ...message, text: asked ? rest : `${head} ${rest}` }, {});
  };
}

/** A plan from what the words of a message say about time. */
export function planOf(message: Message, text: string, when: WhenResult): Plan {
  const { says, language, context } = message;
  switch (when.kind) {
    case 'one_time':
      return call('reminder', {
        action: 'create',
        text: wordsOf(when.rest, message),
        trigger_at: when.trigger_at.toISOString(),
      });
    case 'recurring':
      return call('reminder', {
        action: 'create',
        text: wordsOf(when.rest, message),
        cron_expression: when.cron_expression,
        timezone: context.timezone,
      });
    case 'unclear':
      return say(when.question);
    case 'none':
      return say(says.whenFor(stripHead(text, language) || says.plainReminder));
  }
}

function wordsOf(rest: string, { language, says }: Message): string {
  const words = stripHead(rest, language);
  if (words !== '') return words;
  return WAKE.test(HEADS[language].exec(rest)?.groups?.['head'] ?? '') ? says.wakeUp : says.plainReminder;
}

function stripHead(text: string, language: Language): string {
  const head = HEADS[language].exec(text);
  const [before, after] = head
    ? [text.slice(0, head.index), text.slice(head.index + head[0].length)]
    : ['', text];
  return [before, after]
    .map((part) => part.trim().replace(LEADS[language], ''))
    .join(' ')
    .trim()
    .replace(/[\s,;:]+$|(?<=[^.])\.$/g, '')
    .replace(/^["“«](?<inner>[^"“”«»]+)["”»]$/, '$<inner>');
}

const trimmed = (text: string | undefined) => (text ?? '').trim().replace(/[.!?,;:]+$/, '');

/** "snooze 10 minutes", "отложи звонок до 18:30": how long, and which one when it is said. */
export const snooze: Planner = ({ context, says }, { rest }) => {
  const how = trimmed(rest);
  if (how === '') return call('reminder', { action: 'snooze', minutes: 10 });
  const span = parseSpan(how);
  if (span && span.days === 0 && span.months === 0 && span.seconds % 60 === 0) {
    return call('reminder', { action: 'snooze', minutes: span.seconds / 60 });
  }
  // "for 10 minutes" and "until 6pm" say how long here, which to a reminder they don't
  const asTime = how
    .replace(/(?<![\p{L}])for(?=\s)/giu, 'in')
    .replace(/(?<![\p{L}])на(?=\s+(?:\d|час|пол|минут|пару|недел|день|сутки|месяц))/giu, 'через')
    .replace(/(?<![\p{L}])until\s+(?=\d|noon|midnight)/giu, 'at ')
    .replace(/(?<![\p{L}])(?:until|till)\s+/giu, '')
    .replace(/(?<![\p{L}])до\s+(?=\d)/giu, 'в ')
    .replace(/(?<![\p{L}])до\s+/giu, '');
  const when = parseWhen(asTime, { now: context.receivedAt, timezone: context.timezone });
  if (when.kind === 'one_time') {
    const query = which(when.rest);
    return call('reminder', {
      action: 'snooze',
      until: when.trigger_at.toISOString(),
      ...(query === '' ? {} : { query }),
    });
  }
  if (when.kind !== 'none') return say(says.whatSnooze);
  const query = which(how);
  return call('reminder', { action: 'snooze', minutes: 10, ...(query === '' ? {} : { query }) });
};

/** The words that say which reminder, without those that only point at it. */
function which(text: string): string {
  return text
    .replace(
      /(?<![\p{L}])(?:it|that|this|the|my|reminders?|one|about|to|for|in|last|на|его|это|этот|напоминани(?:[еяй]|ях)|последнее|про|об?|мо[еёйю])(?![\p{L}])/giu,
      ' ',
    )
    .replace(/[\s,.;:!?"“”«»]+/g, ' ')
    .trim()
    .split(' ')
    .map(stem)
    .join(' ');
}

/** A Russian word without its ending, since the reminder may have it in another case. */
function stem(word: string): string {
  return /^\p{Script=Cyrillic}{5,}$/u.test(word) ? word.replace(/[аеёиоуыэюяйь]{1,2}$/iu, '') : word;
}

const ALL =
  /^\s*(?:all|everything|every|вс[её])(?=\s+(?:of|my|the|them|reminders?|мои|напоминания)(?![\p{L}])|\s*$)/iu;

export const cancel: Planner = ({ says }, { query }) => {
  if (!query?.trim()) return say(says.cancelWhich);
  if (ALL.test(query)) {
    const fitting = which(query.replace(ALL, '').replace(/^\s+(?:of|them)(?![\p{L}])/iu, ''));
    return call('reminder', { action: 'cancel', all: true, ...(fitting === '' ? {} : { query: fitting }) });
  }
  const words = which(query);
  return call('reminder', { action: 'cancel', ...(words === '' ? {} : { query: words }) });
};

export const done: Planner = (_message, { query }) => {
  const words = which(query ?? '');
  return call('reminder', { action: 'done', ...(words === '' ? {} : { query: words }) });
};
