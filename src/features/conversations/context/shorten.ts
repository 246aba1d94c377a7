import type { ModelMessage } from 'ai';
import { tokensOfMessage, tokensOfMessages, tokensOfText } from './count-tokens.ts';

/** Of what is kept of a text, its beginning's share. */
const HEAD = 0.65;
/** Nothing is cut to less. */
const LEAST_TOKENS = 60;

/** The text with its middle left out where it is longer than so many tokens, and a note of that. */
export function shortenText(text: string, tokens: number): string {
  const most = Math.max(LEAST_TOKENS, tokens);
  const has = tokensOfText(text);
  if (has <= most) return text;
  const kept = Math.floor((text.length * (most - 20)) / has);
  const head = text.slice(0, Math.floor(kept * HEAD)).toWellFormed();
  const tail = text.slice(text.length - Math.floor(kept * (1 - HEAD))).toWellFormed();
  const left = text.length - head.length - tail.length;
  return `${head}\n[… ${left} characters left out here …]\n${tail}`;
}

type Content = Exclude<ModelMessage['content'], string>;

function shortenPart<Part extends Content[number]>(part: Part, tokens: number): Part {
  if (part.type === 'text') return { ...part, text: shortenText(part.text, tokens) };
  if (part.type === 'tool-call') {
    const json = JSON.stringify(part.input);
    const short = shortenText(json, tokens);
    return short === json ? part : { ...part, input: { shortened: short } };
  }
  if (part.type !== 'tool-result') return part;
  const { output } = part;
  if (output.type === 'text' || output.type === 'error-text')
    return { ...part, output: { ...output, value: shortenText(output.value, tokens) } };
  const json = JSON.stringify('value' in output ? output.value : output);
  const short = shortenText(json, tokens);
  return short === json ? part : { ...part, output: { type: 'text', value: short } };
}

/** The message with none of its parts longer than so many tokens; itself when nothing is. */
export function shortenMessage(message: ModelMessage, tokens: number): ModelMessage {
  if (tokensOfMessage(message) <= tokens) return message;
  const { content } = message;
  return {
    ...message,
    content:
      typeof content === 'string'
        ? shortenText(content, tokens)
        : content.map((part: Content[number]) => shortenPart(part, tokens)),
  } as ModelMessage;
}

/** The steps of a turn in so many tokens, as far as shortening them goes: none is left out. */
export function shortenSteps(steps: ModelMessage[], tokens: number): ModelMessage[] {
  let most = tokens / 2;
  let short = steps.map((step) => shortenMessage(step, most));
  while (tokensOfMessages(short) > tokens && most > LEAST_TOKENS) {
    most /= 2;
    short = steps.map((step) => shortenMessage(step, most));
  }
  return short;
}
