import { call, say, type Message, type Plan, type Planner } from './plan.ts';
import { asReminderRequest, parseSpan, parseWhen, readReminder, type WhenResult } from './words.ts';

/** "remind me tomorrow at 9 to call Mum", "set a timer for 10 minutes". */
export const createReminder: Planner = (message) => {
  const { receivedAt, timezone, locale } = message.context;
  const request = asReminderRequest(message.text, message.language);
  if (request === undefined) return undefined;
  return planOf(message, request, parseWhen(request, { now: receivedAt, timezone, locale }));
};

/** A plan from what the words of a request say about time. */
export function planOf({ says, language, context }: Message, request: string, when: WhenResult): Plan {
  const read = readReminder(request, language, when);
  switch (read.kind) {
    case 'one_time':
      return call('reminder', {
        action: 'create',
        text: read.text,
        trigger_at: read.trigger_at.toISOString(),
      });
    case 'recurring':
      return call('reminder', {
        action: 'create',
        text: read.text,
        ...(read.rrule === undefined ? { cron_expression: read.cron_expression } : { rrule: read.rrule }),
        timezone: context.timezone,
      });
    case 'unclear':
      return say(read.question);
    case 'none':
      return say(says.whenFor(read.text));
  }
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
