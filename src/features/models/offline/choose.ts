import { dayIn, hasOwnTime } from './plan-list.ts';
import { call, say, type Message, type Plan } from './plan.ts';
import { parseWhen } from './words.ts';

/** A line of the list that our question "which one?" had. */
interface Choice {
  text: string;
  /** `09:00`, as its zone's clocks show it. */
  clock: string;
  at: Date | undefined;
}

const LINE =
  /^\d+\. [“«](?<text>.*)[”»], \p{L}+,? (?<date>\d+ \p{L}+ \d{4}), (?<clock>[\d:]+) \((?<zone>[^()]+)\)$/gmu;

const ALL =
  /^(?:(?:cancel|delete|remove|отмени|удали) )?(?:them |их )?(?:all|both|everything|вс[её]|об[ае])(?: of them| их)?$/iu;
const NUMBER =
  /^(?:(?:cancel|snooze|отмени|отложи) )?(?:number |no\.? ?|#|№ ?|номер )?(?<number>\d{1,2})[.)]?$/iu;
const ORDINAL =
  /^(?:(?:cancel|snooze|отмени|отложи) )?(?:the )?(?:(?<number>\d{1,2})(?:st|nd|rd|th|-?(?:е|й|ое|ый|го))|(?<name>\p{L}+))(?: one| reminder| напоминание)?$/iu;
const ORDINALS = [
  /^(?:first|перв(?:ое|ый|ого|ую|ая))$/iu,
  /^(?:second|втор(?:ое|ой|ого|ую|ая))$/iu,
  /^(?:third|трет(?:ье|ий|ьего|ью|ья))$/iu,
  /^(?:fourth|четв[её]рт(?:ое|ый|ого|ую|ая))$/iu,
  /^(?:fifth|пят(?:ое|ый|ого|ую|ая))$/iu,
];
const LAST = /^(?:last|последн(?:ее|ий|его|юю|яя))$/iu;
const CLOCK =
  /^(?:the |that )?(?:one |reminder |то,? |то,? (?:что|которое) )?(?:at |for |в |на )?(?<hour>\d{1,2})(?:[:.](?<minute>\d{2}))?\s*(?<half>am|pm|утра|дня|вечера|ночи)?(?: one)?$/iu;
const POINTING = /^(?:the |that )?(?:one|reminder|то|напоминание)(?: (?:about|for|on|про|о|на|в))? /iu;

/** An answer that is more than this is a message of its own. */
const MOST_WORDS = 6;

/**
 * "1", "the second", "в 9", "all": which of the reminders that `question` listed are meant. Its lines are all we have
 * of them, so one is named to the tool by its time.
 *
 * @param asked what the question was about
 */
export function choose(message: Message, asked: Plan | undefined, question: string): Plan | undefined {
  if (asked?.type !== 'call' || asked.tool !== 'reminder') return undefined;
  const choices = choicesIn(question, message);
  if (choices.length === 0 || message.text.split(' ').length > MOST_WORDS) return undefined;
  if (ALL.test(message.text)) {
    return asked.input['action'] === 'cancel'
      ? call('reminder', { ...asked.input, all: true })
      : say(question);
  }
  const [chosen, another] = chosenFrom(choices, message);
  if (!chosen || another) return chosen || isNumber(message.text) ? say(question) : undefined;
  if (!chosen.at) return say(message.says.problems['not_found']?.('') ?? message.says.unknown);
  return call('reminder', { ...asked.input, at: chosen.at.toISOString() });
}

const isNumber = (text: string) => NUMBER.test(text);

function choicesIn(question: string, { context, language }: Message): Choice[] {
  const at = language === 'ru' ? 'в' : 'at';
  return [...question.matchAll(LINE)].map(({ groups = {} }) => {
    const { text = '', date = '', clock = '', zone = 'UTC' } = groups;
    const when = parseWhen(`${date} ${at} ${clock}`, { now: context.receivedAt, timezone: zone });
    return { text, clock, at: when.kind === 'one_time' ? when.trigger_at : undefined };
  });
}

function chosenFrom(choices: readonly Choice[], { text, context }: Message): Choice[] {
  const place = ordinalIn(text, choices.length);
  if (place !== undefined) return choices.slice(place, place + 1);
  const clock = CLOCK.exec(text)?.groups;
  if (clock) return choices.filter((choice) => isAtClock(choice, clock));
  if (isNumber(text)) return [];

  const words = text.replace(POINTING, '').toLowerCase();
  const named = choices.filter((choice) => choice.text.toLowerCase().includes(words));
  if (named.length > 0) return named;
  const when = parseWhen(words, { now: context.receivedAt, timezone: context.timezone });
  if (when.kind === 'none' || ('rest' in when && when.rest !== '')) return [];
  if (when.kind === 'one_time' && hasOwnTime(words, context)) {
    return choices.filter(({ at }) => at && Math.abs(at.getTime() - when.trigger_at.getTime()) < 60_000);
  }
  const day = dayIn(words, context);
  const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone: context.timezone });
  return choices.filter(({ at }) => at && dayOf.format(at) === day);
}

/** Which place of the list is named, from 0. */
export function ordinalIn(text: string, count: number): number | undefined {
  const { number, name = '' } = (NUMBER.exec(text) ?? ORDINAL.exec(text))?.groups ?? {};
  const named = LAST.test(name) ? count - 1 : ORDINALS.findIndex((ordinal) => ordinal.test(name));
  const place = number === undefined ? named : Number(number) - 1;
  return place >= 0 && place < count ? place : undefined;
}

/** "at 9" may be either half of the day. */
function isAtClock({ clock }: Choice, said: Record<string, string | undefined>): boolean {
  const [hour, minute] = clock.split(':').map(Number);
  if (hour === undefined || minute !== Number(said['minute'] ?? 0)) return false;
  const half = said['half']?.toLowerCase();
  const wanted = Number(said['hour']);
  if (half === undefined) return hour === wanted || (wanted < 12 && hour === wanted + 12);
  return hour === (wanted % 12) + (/^(?:pm|дня|вечера)$/.test(half) ? 12 : 0);
}
