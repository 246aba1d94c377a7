import { ordinalIn } from './choose.ts';
import { placeIn } from './plan-weather.ts';
import { call, say, type Message, type Plan } from './plan.ts';

/**
 * "2", "the one in Missouri", "Берлин": what our question about a place was answered with. Undefined when it wasn't such
 * a question, or this is no answer to it.
 *
 * @param about the message in the language of the question
 * @param asked what was asked when the question came
 */
export function choosePlace(
  { text, says }: Message,
  asked: Plan | undefined,
  question: string,
): Plan | undefined {
  if (asked?.type !== 'call' || asked.tool !== 'weather') return undefined;
  const { weather } = says;
  if (question === weather.askPlace) {
    const place = placeIn(text);
    return place === '' || place.split(' ').length > 4
      ? undefined
      : call('weather', { ...asked.input, place });
  }
  if (!weather.whichAnswer.test(question)) return undefined;
  const choices = [...question.matchAll(/^\d+\. (.+)$/gmu)].map(([, name = '']) => name);
  const at = ordinalIn(text, choices.length);
  const words = placeIn(text.replace(/^(?:the|that) (?:one|place) /i, '')).toLowerCase();
  const named =
    at === undefined
      ? choices.filter((name) => name.toLowerCase().includes(words))
      : choices.slice(at, at + 1);
  const [place, another] = named;
  if (place === undefined) return /^\d+\W*$/.test(text) ? say(question) : undefined;
  return another === undefined ? call('weather', { ...asked.input, place }) : say(question);
}
