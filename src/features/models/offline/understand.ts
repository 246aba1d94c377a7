import { choose } from './choose.ts';
import type { TurnContext } from './context.ts';
import { englishRules } from './phrases-en.ts';
import { russianRules } from './phrases-ru.ts';
import { asksForReminder, planOf } from './plan-reminder.ts';
import { say, type Message, type Plan } from './plan.ts';
import { saysIn } from './says-in.ts';
import { languageOf, parseAnswer } from './words.ts';

const OPENINGS =
  /^(?:(?:hi|hello|hey|привет|здравствуй(?:те)?|добр(?:ый|ое) (?:день|утро|вечер))[,!.]?\s+(?=\S+\s+\S))?(?:(?:hey|ok|okay|so|please|pls|well|and|famulus|фамулус|пожалуйста|слушай|ну|а)[,!]?\s+)*(?:(?:can|could|would|will) you\s+(?:please\s+)?|(?:можешь|можете|не мог(?:ла|ли)? бы)(?: ты| вы)?\s+|i(?:['’]d like| want| need) you to\s+)?(?:please\s+|пожалуйста,?\s+)?/iu;
/** Words that look like a mistyped "remind". */
const NEAR_REMINDER = /^(?:re?m[ein]*d|reimnd|rem[in]{1,4}d?|напо\p{L}*|напм\p{L}*)(?!\p{L})/iu;
const CLOSINGS = /(?:[,\s]+(?:please|thanks|пожалуйста|спасибо))?[\s.!?]*$/iu;

/**
 * What to do about a message.
 *
 * @param asked the message before it, when it was answered with a question
 * @param question that question
 */
export function understand(text: string, context: TurnContext, asked?: string, question?: string): Plan {
  const language = languageOf(text, context.locale);
  const message: Message = { text: tidy(text), context, language, says: saysIn(language) };
  if (message.text === '') return say(message.says.empty);
  return (
    choiceFrom(message, asked, question) ??
    answerToQuestion(message, asked) ??
    byRules(message) ??
    say(NEAR_REMINDER.test(message.text) ? message.says.nearReminder : message.says.unknown)
  );
}

/** "Which one do you mean?" – "the first" */
function choiceFrom(
  { text, context }: Message,
  asked: string | undefined,
  question: string | undefined,
): Plan | undefined {
  if (asked === undefined || question === undefined) return undefined;
  const aboutIn = (words: string) => {
    const language = languageOf(words, context.locale);
    return { text: tidy(words), context, language, says: saysIn(language) };
  };
  return choose({ ...aboutIn(question), text }, byRules(aboutIn(asked)), question);
}

function byRules(message: Message): Plan | undefined {
  for (const { pattern, plan } of message.language === 'ru' ? russianRules : englishRules) {
    const found = pattern.exec(message.text);
    const made = found && plan(message, { ...found.groups });
    if (made) return made;
  }
  return undefined;
}

/** "When shall I remind you?" – "tomorrow at 9" */
function answerToQuestion(message: Message, asked: string | undefined): Plan | undefined {
  if (asked === undefined) return undefined;
  const earlier = tidy(asked);
  const language = languageOf(earlier, message.context.locale);
  if (!asksForReminder(earlier, language) || asksForReminder(message.text, message.language))
    return undefined;
  const { receivedAt, timezone, locale } = message.context;
  const when = parseAnswer(earlier, message.text, { now: receivedAt, timezone, locale });
  return when.kind === 'none' ? undefined : planOf({ ...message, language }, earlier, when);
}

function tidy(text: string): string {
  const trimmed = text.trim().normalize('NFC').replace(/\s+/g, ' ');
  const bare = trimmed.replace(OPENINGS, '').replace(CLOSINGS, '');
  // "please" alone is still a message
  return bare === '' ? trimmed.replace(/[\s.!?]+$/, '') : bare;
}
