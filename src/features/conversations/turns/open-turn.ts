import { approvalsOf, type Approval } from '#features/approvals/index.ts';
import type { Db, Tx } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import { readThread, type ReadThread } from '../context/read-thread.ts';
import type { Message } from '../contract.ts';
import { messageEvent } from '../events.ts';
import { textOf, withoutCutText } from '../parts.ts';
import { selectInstructions } from '../queries/client-threads.ts';
import { holdMessage, insertMessage, updateMessage } from '../queries/messages.ts';
import { selectPerson, type Person } from '../queries/person.ts';
import { selectThreadOfTurn } from '../queries/threads.ts';
import { isOver, lockReply } from '../queries/turns.ts';
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

/** What a model is told before the conversation, and whether strangers' words are in it. */
export interface SystemText {
  text: string;
  tainted: boolean;
}

/** What the turn needs from other features, read in its transactions. */
export interface TurnSources {
  /** Before the turn's first transaction: what is not for one. Never fails. */
  prepare?(about: { user_id: string; message_id: string; signal: AbortSignal }): Promise<void>;
  assistant(db: Db, id: string): Promise<TurnAssistant | undefined>;
  /** Instructions, facts that may matter to `text`, and who, when and where. */
  system(
    tx: Tx,
    about: {
      message: Pick<Message, 'user_id' | 'created_at'>;
      person: Person;
      assistant: TurnAssistant;
      text: string;
    },
  ): Promise<SystemText>;
}

export interface OpenTurn {
  message: Message;
  /** Its parts so far: those of an earlier start that did not get to the end. */
  reply: Message;
  person: Person;
  assistant: TurnAssistant;
  system: string;
  /** The thread up to and including the message; another once more of it is summarised. */
  thread: ReadThread;
  /** The provider's tokens by ours, as the last request has shown. */
  token_ratio: number;
  /** What the user was asked in this turn before, oldest first. */
  approvals: Approval[];
}

async function openReply(tx: Tx, message: Message): Promise<{ reply: Message; isNew: boolean } | undefined> {
  const found = await lockReply(tx.db, message.turn_id);
  if (found && isOver(found)) return undefined;
  if (found) {
    const change = { status: 'streaming', parts: withoutCutText(found.parts) } as const;
    const reply = { ...found, ...change };
    await updateMessage(tx.db, reply.id, change);
    tx.emit(messageEvent('message.reset', reply));
    return { reply, isNew: false };
  }
  const reply = await insertMessage(tx.db, {
    id: newId(),
    thread_id: message.thread_id,
    user_id: message.user_id,
    turn_id: message.turn_id,
    role: 'assistant',
    parts: [],
    status: 'streaming',
    channel: message.channel,
    external_id: null,
  });
  tx.emit(messageEvent('message.created', reply));
  return { reply, isNew: true };
}

/**
 * Reads what the turn needs and opens its reply, or finds the one an earlier start left. Undefined when there is
 * nothing to do: the thread was deleted, the reply is over, or another message took this one's place meanwhile.
 */
export async function openTurn(
  tx: Tx,
  messageId: string,
  sources: TurnSources,
): Promise<OpenTurn | undefined> {
  const message = await holdMessage(tx.db, messageId);
  if (!message || message.superseded_by !== null) return undefined;
  const { user_id, thread_id } = message;
  const thread = await selectThreadOfTurn(tx.db, thread_id);
  const person = await selectPerson(tx.db, user_id);
  const assistant = thread && (await sources.assistant(tx.db, thread.assistant_id));
  if (!person || !thread) return undefined;
  if (!assistant) {
    throw new AppError({
      code: 'assistants.not_found',
      kind: 'not_found',
      message: 'The assistant is not there any more',
    });
  }
  const system = await sources.system(tx, { message, person, assistant, text: textOf(message.parts) });
  const asked = await selectInstructions(tx.db, thread_id);
  const said = await readThread(tx.db, message);
  const opened = await openReply(tx, message);
  if (!opened) return undefined;
  const tainted = opened.reply.tainted || system.tainted || message.tainted;
  return {
    message,
    reply: { ...opened.reply, tainted },
    person,
    assistant,
    system: asked === null ? system.text : `${system.text}\n\n${asked}`,
    thread: said,
    token_ratio: thread.token_ratio,
    approvals: opened.isNew ? [] : await approvalsOf(tx, opened.reply.id),
  };
}
