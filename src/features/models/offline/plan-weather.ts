import type { JSONValue } from '@ai-sdk/provider';
import type { TurnContext } from './context.ts';
import { dayAndRest } from './plan-list.ts';
import { call, type Planner } from './plan.ts';
import { asksForReminder } from './words.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** A forecast goes no further than this. */
const MOST_DAYS = 16;

/** More words than this are no name of a place. */
const LONGEST_PLACE = 5;

/** What says nothing beyond that it is about the weather, now. */
const FILLERS =
  /(?<!\p{L})(?:right now|now|currently|at the moment|outside|out there|like|going to be|be|today|tonight|today['’]s|сейчас|сегодня|нынче|на улице|там|будет|ожидается|какая|какой|ли|мне)(?!\p{L})/giu;

const WEEKEND =
  /(?<!\p{L})(?:(?:on|for|at|over|в|на) )?(?:(?:this|the|next|coming|эти|этих|ближайшие|ближайших) )*(?:weekend|выходн(?:ые|ых))(?!\p{L})/iu;
const NEXT_WEEK = /(?<!\p{L})(?:for )?next week(?!\p{L})|(?<!\p{L})на следующ(?:ей|ую) недел[еюи](?!\p{L})/iu;
const WEEK =
  /(?<!\p{L})(?:(?:for|over|in) )?(?:this|the|a|the coming) week(?!\p{L})|(?<!\p{L})(?:на|в течение) (?:эт(?:ой|у) |ближайш(?:ей|ую) )?недел[еюи](?!\p{L})/iu;
const DAYS =
  /(?<!\p{L})(?:(?:for|over|на) )?(?:(?:the|ближайшие|следующие) )?(?:next |coming )?(?<count>\d{1,2})[ -](?:days?|дн(?:я|ей)|день)(?!\p{L})/iu;

type Span = { date?: string; days?: number };

/**
 * "weather in Berlin tomorrow", "какая погода в Москве": the tool knows the places, in any case. What stands around the
 * word for weather is a day, a place, or neither; with anything else in it, the message is about something else.
 */
export const askWeather: Planner = ({ text, context, language }, { before = '', rest = '' }) => {
  if (asksForReminder(text, language)) return undefined;
  const about = `${before} ${rest}`.replace(/(?<=tomorrow)['’]s/iu, '');
  const { span, words } = spanIn(about.replace(FILLERS, ' '), context);
  const place = placeIn(words);
  if (place.split(' ').length > LONGEST_PLACE || /\d/.test(place)) return undefined;
  const input: Record<string, JSONValue> = { ...(place !== '' && { place }), ...span };
  return call('weather', input);
};

/** A place as people name it in an answer: "in Berlin", "в Москве, пожалуйста". */
export function placeIn(words: string): string {
  return words
    .replace(/\s+/g, ' ')
    .replace(/[?!.,\s]+$/u, '')
    .replace(/^[,\s]+/u, '')
    .replace(/^(?:(?:in|at|for|around|near|of|over|to|в|во|на|для|по|около)(?: |$))+/iu, '')
    .replace(/ (?:in|on|for|at|в|во|на)$/iu, '')
    .trim();
}

function spanIn(text: string, context: TurnContext): { span: Span; words: string } {
  const today = dayOf(context, 0);
  const weekday = new Date(today).getUTCDay();
  if (WEEKEND.test(text)) {
    const span = weekday === 0 ? {} : { date: dayOf(context, 6 - weekday), days: 2 };
    return { span, words: text.replace(WEEKEND, ' ') };
  }
  if (NEXT_WEEK.test(text)) {
    const span = { date: dayOf(context, weekday === 0 ? 1 : 8 - weekday), days: 7 };
    return { span, words: text.replace(NEXT_WEEK, ' ') };
  }
  if (WEEK.test(text)) return { span: { days: 7 }, words: text.replace(WEEK, ' ') };
  const count = Number(DAYS.exec(text)?.groups?.['count']);
  // "in 3 days" is one day.
  if (count >= 1 && count <= MOST_DAYS && !/(?:^| )(?:in|через) \d/iu.test(text))
    return { span: { days: count }, words: text.replace(DAYS, ' ') };
  const found = dayAndRest(text.replace(/\s+/g, ' ').trim(), context);
  if (!found) return { span: {}, words: text };
  return { span: found.date === today ? {} : { date: found.date }, words: found.rest };
}

/** The user's day, so many days from today. */
function dayOf({ receivedAt, timezone }: TurnContext, days: number): string {
  const at = new Date(receivedAt.getTime() + days * DAY_MS);
  return new Intl.DateTimeFormat('en-CA', { timeZone: timezone }).format(at);
}
