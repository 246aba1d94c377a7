import { choosePlace } from './choose-place.ts';
import { choose } from './choose.ts';
import type { TurnContext } from './context.ts';
import { englishRules } from './phrases-en.ts';
import { russianRules } from './phrases-ru.ts';
import { planOf } from './plan-reminder.ts';
import { say, type Message, type Plan } from './plan.ts';
import { saysIn } from './says-in.ts';
import { asksForReminder, languageOf, parseAnswer, tidyRequest } from './words.ts';

/** Words that look like a mistyped "remind". */
const NEAR_REMINDER = /^(?:re?m[ein]*d|reimnd|rem[in]{1,4}d?|напо\p{L}*|напм\p{L}*)(?!\p{L})/iu;

/**
 * What to do about a message.
 *
 * @param asked the message before it, when it was answered with a question
 * @param question that question
 */
export function understand(text: string, context: TurnContext, asked?: string, question?: string): Plan {
  const language = languageOf(text, context.locale);
  const message: Message = { text: tidyRequest(text), context, language, says: saysIn(language) };
  if (message.text === '') return say(message.says.empty);
  return (
    choiceFrom(message, asked, question) ??
    answerToQuestion(message, asked) ??
    byRules(message) ??
    say(notUnderstood(message))
  );
}

function notUnderstood({ text, says }: Message): string {
  if (NEAR_REMINDER.test(text)) return says.nearReminder;
  return /(?:^|\s)https?:\/\/\S/iu.test(text) ? says.noPages : says.unknown;
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
    return { text: tidyRequest(words), context, language, says: saysIn(language) };
  };
  const about = { ...aboutIn(question), text };
  const earlier = byRules(aboutIn(asked));
  return choose(about, earlier, question) ?? choosePlace(about, earlier, question);
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
  const earlier = tidyRequest(asked);
  const language = languageOf(earlier, message.context.locale);
  if (!asksForReminder(earlier, language) || asksForReminder(message.text, message.language))
    return undefined;
  const { receivedAt, timezone, locale } = message.context;
  const when = parseAnswer(earlier, message.text, { now: receivedAt, timezone, locale });
  return when.kind === 'none' ? undefined : planOf({ ...message, language }, earlier, when);
}
