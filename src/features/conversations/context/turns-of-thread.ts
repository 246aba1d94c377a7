import type { ModelMessage } from 'ai';
import type { SaidMessage } from '../queries/messages.ts';
import { modelMessages } from '../turns/model-messages.ts';
import { tokensOfMessages } from './count-tokens.ts';
import { shortenMessage } from './shorten.ts';

/** A question and its reply, or what an assistant said of its own accord. */
export interface ThreadTurn {
  /** Of its question. */
  first_seq: number;
  /** Of its last message. */
  last_seq: number;
  /** What was said: not what failed, not what is still on its way. */
  said: SaidMessage[];
  tainted: boolean;
  /** More may come of it: its reply waits or is being made. */
  is_open: boolean;
}

function isOpen({ status }: Pick<SaidMessage, 'status'>): boolean {
  return status === 'pending' || status === 'streaming' || status === 'awaiting_approval';
}

function wasSaid({ status, parts }: SaidMessage): boolean {
  return (status === 'complete' || status === 'stopped') && parts.length > 0;
}

/**
 * The turns that began before the message `current`, in the order they began. A reply is stored behind messages that
 * came while it was made; here it stands behind its question.
 */
export function turnsBefore(
  messages: readonly SaidMessage[],
  current: Pick<SaidMessage, 'seq'>,
): ThreadTurn[] {
  const turns = Map.groupBy(
    messages.toSorted((a, b) => a.seq - b.seq),
    ({ turn_id }) => turn_id,
  );
  return [...turns.values()]
    .map((turn) => ({
      first_seq: turn[0]!.seq,
      last_seq: turn.at(-1)!.seq,
      said: turn.filter(wasSaid),
      tainted: turn.some((message) => wasSaid(message) && message.tainted),
      is_open: turn.some(isOpen),
    }))
    .filter(({ first_seq }) => first_seq < current.seq);
}

/** A turn as a model is shown it. */
export interface ShownTurn {
  turn: ThreadTurn;
  messages: ModelMessage[];
  tokens: number;
}

const kept = new Map<string, { of: number; messages: ModelMessage[] }>();
const KEPT = 2_000;
/** What is longer is not kept: there are few of them. */
const KEPT_TOKENS = 2_000;

/** As objects that stay the same while a message does, so that their tokens are counted once. */
function keptMessages(message: SaidMessage): ModelMessage[] {
  const of = message.updated_at.getTime();
  const known = kept.get(message.id);
  if (known?.of === of) return known.messages;
  const messages = modelMessages(message);
  if (tokensOfMessages(messages) > KEPT_TOKENS) return messages;
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value ?? '');
  kept.set(message.id, { of, messages });
  return messages;
}

/** With no part longer than so many tokens. */
export function shownTurn(turn: ThreadTurn, part_tokens: number): ShownTurn {
  const messages = turn.said
    .flatMap((message) => keptMessages(message))
    .map((message) => shortenMessage(message, part_tokens));
  return { turn, messages, tokens: tokensOfMessages(messages) };
}
