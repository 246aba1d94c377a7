import type { TurnContext } from './context.ts';
import { call, type Planner } from './plan.ts';
import { languageOf, parseWhen, type WhenResult } from './words.ts';

/** A text with the last minute of its day: so a day is today's even when it is late. */
function atLastMinute(text: string, { receivedAt, timezone, locale }: TurnContext): WhenResult {
  const lastMinute = languageOf(text, locale) === 'ru' ? 'в 23:59' : 'at 23:59';
  return parseWhen(`${text} ${lastMinute}`, { now: receivedAt, timezone });
}

/** Whether a text that names a time says more than the day: another time doesn't fit it. */
export function hasOwnTime(text: string, context: TurnContext): boolean {
  return atLastMinute(text, context).kind !== 'one_time';
}

/** The day a text names, as `2026-11-21` in the zone of the user, and what else the text says. */
export function dayAndRest(text: string, context: TurnContext): { date: string; rest: string } | undefined {
  const { receivedAt, timezone } = context;
  const itself = parseWhen(text, { now: receivedAt, timezone });
  if (itself.kind === 'none') return undefined;
  const found = [atLastMinute(text, context), itself].find((when) => when.kind === 'one_time');
  if (!found) return undefined;
  const date = new Intl.DateTimeFormat('en-CA', { timeZone: timezone }).format(found.trigger_at);
  return { date, rest: found.rest };
}

/** The day a text names, whatever else it says. */
export function dayIn(text: string, context: TurnContext): string | undefined {
  return dayAndRest(text, context)?.date;
}

/** "what are my reminders for Friday?": those of the day that is named, else all. */
export const listReminders: Planner = ({ text, context }) => {
  const date = dayIn(text, context);
  return call('reminder', { action: 'list', ...(date === undefined ? {} : { date }) });
};

/** "what do I have tomorrow?": about reminders only when there is nothing but a day in it. */
export const listDay: Planner = ({ context }, { day = '' }) => {
  const found = dayAndRest(day, context);
  return found?.rest === '' ? call('reminder', { action: 'list', date: found.date }) : undefined;
};
