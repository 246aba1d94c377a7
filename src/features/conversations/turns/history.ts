import type { Message } from '../contract.ts';

/** How much of a thread a model is shown, in characters of its messages' JSON: about a quarter as many tokens. */
const HISTORY_CHARACTERS = 24_000;

function sizeOf({ parts }: Message): number {
  return JSON.stringify(parts).length;
}

/** What was said: not what failed, not what is still on its way. */
function wasSaid({ status, parts }: Message): boolean {
  return (status === 'complete' || status === 'stopped') && parts.length > 0;
}

/**
 * What the model is shown before the message `current`: whole turns that began before it, in the order they began,
 * the latest as far as the budget goes, and the very latest in any case. A reply is stored behind messages that came while it was made; here it
 * stands behind its question.
 */
export function historyBefore(messages: Message[], current: Message, budget = HISTORY_CHARACTERS): Message[] {
  const turns = new Map<string, Message[]>();
  for (const message of messages.toSorted((a, b) => a.seq - b.seq)) {
    turns.set(message.turn_id, [...(turns.get(message.turn_id) ?? []), message]);
  }
  const before = [...turns.values()].filter(([first]) => first !== undefined && first.seq < current.seq);
  const shown: Message[][] = [];
  let left = budget;
  for (const turn of before.toReversed()) {
    const said = turn.filter(wasSaid);
    if (said.length === 0) continue;
    left -= said.reduce((sum, message) => sum + sizeOf(message), 0);
    if (left < 0 && shown.length > 0) break;
    shown.unshift(said);
  }
  return shown.flat();
}
