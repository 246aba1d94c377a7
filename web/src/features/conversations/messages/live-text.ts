import { isText, textOf, type ChatMessage, type ChatPart } from './message.ts';

/** Text of a message as it came live. `offset` counts UTF-16 units in all its text, over all parts. */
export interface Run {
  offset: number;
  text: string;
}

/** The runs with one more piece. Pieces that go on from each other are one run; what is there already adds nothing. */
export function addRun(runs: readonly Run[], piece: Run): readonly Run[] {
  const last = runs.at(-1);
  // It begins anew: what came before was taken back.
  if (!last || piece.offset < last.offset) return [piece];
  const end = last.offset + last.text.length;
  if (piece.offset > end) return [...runs, piece];
  const added = piece.text.slice(end - piece.offset);
  if (added === '') return runs;
  return [...runs.slice(0, -1), { offset: last.offset, text: last.text + added }];
}

function withText(parts: ChatPart[], text: string): ChatPart[] {
  const last = parts.at(-1);
  const goesOn = last !== undefined && isText(last) && last.state === 'streaming';
  return goesOn
    ? [...parts.slice(0, -1), { ...last, text: last.text + text }]
    : [...parts, { type: 'text', text, state: 'streaming' }];
}

/**
 * The message with what came live behind what is stored of it. `hasGap`: something between the two is missing, so that
 * the message has to be read again.
 */
export function withRuns(
  message: ChatMessage,
  runs: readonly Run[],
): { message: ChatMessage; hasGap: boolean } {
  let { length } = textOf(message);
  let { parts } = message;
  for (const { offset, text } of runs) {
    if (offset > length) return { message: { ...message, parts }, hasGap: true };
    const added = text.slice(length - offset);
    if (added === '') continue;
    parts = withText(parts, added);
    length += added.length;
  }
  return { message: parts === message.parts ? message : { ...message, parts }, hasGap: false };
}
