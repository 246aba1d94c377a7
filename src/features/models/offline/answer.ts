import { aboutWeather } from './answer-weather.ts';
import type { TurnContext } from './context.ts';
import type { ToolOutcome } from './conversation.ts';
import { countIn, fieldsOf, listIn, textIn, type Fields } from './fields.ts';
import type { Says } from './says.ts';
import { describeSchedule, formatLocal, type Language } from './words.ts';

export interface Speaker {
  says: Says;
  language: Language;
  context: TurnContext;
}

/** What a tool's result means to the user. */
export function answerFrom(outcome: ToolOutcome, speaker: Speaker): string {
  const { says } = speaker;
  if (outcome.failure !== undefined) return says.failed(outcome.failure);
  const output = fieldsOf(outcome.output);
  const input = fieldsOf(outcome.input);
  const error = textIn(output, 'error');
  if (error !== undefined) return problem(outcome.name, input, output, says) ?? says.failed(error);
  const ambiguous = listIn(output, 'ambiguous');
  if (ambiguous && outcome.name === 'reminder') {
    const lines = ambiguous.map((item) => choiceLine(item, speaker));
    return says.ambiguous(lines, countIn(output, 'more'), input['action'] === 'cancel');
  }

  const answer = answers[outcome.name] ?? aboutReminder;
  return answer(input, output, speaker) ?? says.failed(JSON.stringify(outcome.output ?? null));
}

type About = (input: Fields, output: Fields, speaker: Speaker) => string | undefined;

const answers: Readonly<Record<string, About>> = {
  time: aboutTime,
  memory: aboutMemory,
  weather: aboutWeather,
};

/** What a tool could not do. One that gives no code is known by what it was asked. */
function problem(tool: string, input: Fields, output: Fields, says: Says): string | undefined {
  if (tool === 'weather') return weatherProblem(input, output, says);
  const { problems } = says;
  const place = textIn(input, 'place');
  const zone = textIn(input, 'timezone');
  const told = textIn(output, 'code');
  if (told !== undefined) return problems[told]?.(place ?? zone ?? '');
  if (tool === 'time' && place !== undefined) return problems['unknown_place']?.(place);
  if (tool === 'time' && zone !== undefined) return problems['bad_zone']?.(zone);
  return tool === 'memory' ? problems['bad_memory']?.('') : undefined;
}

function weatherProblem(input: Fields, output: Fields, { weather }: Says): string | undefined {
  const code = textIn(output, 'code') ?? '';
  return code === 'place_missing' ? weather.askPlace : weather.problems[code]?.(textIn(input, 'place') ?? '');
}

/** A line of a list to choose from: one line, whatever the words, since it is read again. */
function choiceLine(item: Fields, speaker: Speaker): string {
  const text = (textIn(item, 'text') ?? '').replace(/\s+/g, ' ');
  return speaker.says.reminderLine(text, nextTime(item, speaker) ?? '');
}

function aboutTime(input: Fields, output: Fields, { says, language }: Speaker): string | undefined {
  const when = localTime(textIn(output, 'local'), language);
  const place = textIn(input, 'place');
  return when === undefined ? undefined : says.time(place && capitalized(place), when);
}

function aboutMemory(input: Fields, output: Fields, { says }: Speaker): string | undefined {
  const key = textIn(output, 'key');
  switch (input['action']) {
    case 'remember': {
      const value = textIn(output, 'value');
      return key === undefined || value === undefined ? undefined : says.remembered(key, value);
    }
    case 'recall': {
      const items = listIn(output, 'items')?.map((item) => ({
        key: textIn(item, 'key') ?? '',
        value: textIn(item, 'value') ?? '',
      }));
      if (!items) return undefined;
      return items.length === 0 ? says.nothingKnown(textIn(input, 'query') ?? '') : says.recalled(items);
    }
    case 'forget':
      if (key === undefined) return undefined;
      return output['forgotten'] === false ? says.nothingToForget(key) : says.forgotten(key);
    default:
      return undefined;
  }
}

function aboutReminder(input: Fields, output: Fields, speaker: Speaker): string | undefined {
  const { says } = speaker;
  if (input['action'] === 'list') {
    const items = listIn(output, 'items');
    if (!items) return undefined;
    if (items.length > 0) {
      return says.reminders(
        items.map((item) => reminderLine(item, speaker)),
        countIn(output, 'more'),
      );
    }
    return input['date'] === undefined ? says.noReminders : says.noRemindersThatDay;
  }
  if (typeof output['cancelled'] === 'number') return says.cancelledAll(output['cancelled']);
  const text = textIn(output, 'text');
  if (text === undefined) return undefined;
  const next = nextTime(output, speaker);
  switch (input['action']) {
    case 'create':
      return next === undefined ? undefined : created(input, text, next, speaker);
    case 'cancel':
      return says.cancelled(text);
    case 'snooze':
      return says.snoozed(text, next);
    case 'done':
      return says.done(text);
    default:
      return undefined;
  }
}

function created(input: Fields, text: string, next: string, { says, language, context }: Speaker): string {
  const cron_expression = textIn(input, 'cron_expression');
  const rrule = textIn(input, 'rrule');
  const recurring = { type: 'recurring', timezone: textIn(input, 'timezone') ?? context.timezone } as const;
  if (cron_expression !== undefined) {
    const rule = describeSchedule({ ...recurring, cron_expression }, language, context.now);
    return says.createdRecurring(text, rule, next);
  }
  if (rrule === undefined) return says.created(text, next);
  const rule = describeSchedule({ ...recurring, rrule, start: context.now }, language, context.now);
  return says.createdRecurring(text, rule, next);
}

function reminderLine(item: Fields, speaker: Speaker): string {
  const { says } = speaker;
  const text = textIn(item, 'text') ?? '';
  const next = nextTime(item, speaker);
  if (next === undefined) return says.pausedLine(text);
  return item['type'] === 'recurring' ? says.recurringLine(text, next) : says.reminderLine(text, next);
}

/** The first of `next_local`, e.g. "Sat 21 November 2026, 14:05:10 (Europe/Berlin)". */
function nextTime(reminder: Fields, { language }: Speaker): string | undefined {
  const next = reminder['next_local'];
  return localTime(Array.isArray(next) ? next[0] : next, language);
}

function localTime(local: unknown, language: Language): string | undefined {
  if (typeof local !== 'string') return undefined;
  try {
    return formatLocal(local, language);
  } catch {
    // a tool of another make may write its times in its own way
    return local;
  }
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
