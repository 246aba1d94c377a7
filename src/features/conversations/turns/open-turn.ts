import { approvalsOf, type Approval } from '#features/approvals/index.ts';
import type { Db, Tx } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import { readThread, type ReadThread } from '../context/read-thread.ts';
import type { Message } from '../contract.ts';
import { messageEvent } from '../events.ts';
import { textOf, withoutCutText } from '../parts.ts';
import { insertReply, selectMessage, updateMessage } from '../queries/messages.ts';
import { selectPerson, type Person } from '../queries/person.ts';
import { selectThreadOf } from '../queries/threads.ts';
import { isOver, lockTurn, selectReply } from '../queries/turns.ts';
import type { TurnTool } from './turn-tool.ts';

/** An assistant that has a part in a turn, with what it may use. */
export interface TurnAssistant {
  id: string;
  name: string;
  instructions: string;
  assistant_type: 'llm' | 'openai_api';
  openai_assistant_id: string | null;
  /** `provider/model`; null for the default one. */
  model: string | null;
  is_active: boolean;
  settings: {
    max_steps?: number | undefined;
    /** Tokens, seconds and USD of one turn. */
    max_tokens?: number | undefined;
    max_seconds?: number | undefined;
    max_cost_usd?: number | undefined;
    /** Tokens of one prompt. */
    max_context_tokens?: number | undefined;
    temperature?: number | undefined;
    fallback_models?: string[] | undefined;
  };
  tools: TurnTool[];
}

/** What a model is told before the conversation. */
export interface TurnContext {
  /** The system prompt of an assistant with these instructions. */
  prompt(instructions: string): string;
  /** Strangers' words are in it. */
  tainted: boolean;
  /** Notes that it was told. */
  told(tx: Tx): void;
}

/** What the turn needs from other features. */
export interface TurnSources {
  /** Before anything is read: what takes its time. Never fails. */
  prepare?(about: { user_id: string; message_id: string; signal: AbortSignal }): Promise<void>;
  assistant(db: Db, id: string): Promise<TurnAssistant | undefined>;
  /** Facts that may matter to `text`, and who, when and where. */
  context(
    db: Db,
    about: { message: Pick<Message, 'user_id' | 'created_at'>; person: Person; text: string },
  ): Promise<TurnContext>;
}

/** What was there to read when a turn began. */
export interface TurnReading {
  message: Message;
  person: Person;
  assistant: TurnAssistant;
  system: string;
  context: TurnContext;
  /** The thread up to and including the message. */
  thread: ReadThread;
  token_ratio: number;
  /** Whether an earlier start, or a decision of the user, left a reply to go on with. */
  has_reply: boolean;
}

export interface OpenTurn extends TurnReading {
  /** Its parts so far: those of an earlier start that did not get to the end. */
  reply: Message;
  /** The thread up to and including the message; another once more of it is summarised. */
  thread: ReadThread;
  /** The provider's tokens by ours, as the last request has shown. */
  token_ratio: number;
  /** What the user was asked in this turn before, oldest first. */
  approvals: Approval[];
}

/**
 * Reads what the turn needs, many things in one round trip. Undefined when there is nothing to do: the thread was
 * deleted, or another message took this one's place.
 */
export async function readTurn(
  db: Db,
  { user_id, message_id, turn_id }: { user_id: string; message_id: string; turn_id: string },
  sources: TurnSources,
): Promise<TurnReading | undefined> {
  const [message, thread, person, reply] = await Promise.all([
    selectMessage(db, message_id),
    selectThreadOf(db, message_id),
    selectPerson(db, user_id),
    selectReply(db, turn_id),
  ]);
  if (!message || !thread || !person || message.superseded_by !== null) return undefined;
  const { instructions, token_ratio } = thread;
  const [assistant, context, said] = await Promise.all([
    sources.assistant(db, thread.assistant_id),
    sources.context(db, { message, person, text: textOf(message.parts) }),
    readThread(db, message),
  ]);
  if (!assistant) {
    throw new AppError({
      code: 'assistants.not_found',
      kind: 'not_found',
      message: 'The assistant is not there any more',
    });
  }
  const prompt = context.prompt(assistant.instructions);
  const system = instructions === null ? prompt : `${prompt}\n\n${instructions}`;
  const has_reply = reply !== undefined;
  return { message, person, assistant, system, context, thread: said, token_ratio, has_reply };
}

interface OpenReply {
  reply: Message;
  approvals: Approval[];
}

async function beginReply(tx: Tx, message: Message): Promise<OpenReply | undefined> {
  const { id: question_id, thread_id, user_id, turn_id, channel } = message;
  const reply = await insertReply(tx.db, { id: newId(), question_id, thread_id, user_id, turn_id, channel });
  if (!reply) return undefined;
  tx.emit(messageEvent('message.created', reply));
  return { reply, approvals: [] };
}

async function reopenReply(tx: Tx, message: Message): Promise<OpenReply | undefined> {
  const standing = await lockTurn(tx.db, message.turn_id);
  const found = standing.find(({ role }) => role === 'assistant');
  if (!found || isOver(found) || !standing.some(({ id }) => id === message.id)) return undefined;
  const change = { status: 'streaming', parts: withoutCutText(found.parts) } as const;
  const reply = { ...found, ...change };
  await updateMessage(tx.db, reply.id, change);
  tx.emit(messageEvent('message.reset', reply));
  return { reply, approvals: await approvalsOf(tx, reply.id) };
}

/**
 * Opens the reply, or finds the one an earlier start left. Undefined when there is nothing to do: the reply is over, or
 * it or the message was superseded or deleted since it was read.
 */
export async function openTurn(tx: Tx, reading: TurnReading): Promise<OpenTurn | undefined> {
  const { message, context } = reading;
  const opened = reading.has_reply ? await reopenReply(tx, message) : await beginReply(tx, message);
  if (!opened) return undefined;
  const { reply, approvals } = opened;
  context.told(tx);
  const tainted = reply.tainted || context.tainted || message.tainted;
  return { ...reading, reply: { ...reply, tainted }, approvals };
}
