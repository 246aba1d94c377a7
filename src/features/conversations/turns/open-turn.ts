import type { ModelMessage } from 'ai';
import type { Db, Tx } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Message } from '../contract.ts';
import { messageEvent } from '../events.ts';
import { textOf, withoutCutText } from '../parts.ts';
import { insertMessage, selectLatestMessages, selectMessage, updateMessage } from '../queries/messages.ts';
import { selectPerson, type Person } from '../queries/person.ts';
import { selectThread } from '../queries/threads.ts';
import { isOver, selectReply } from '../queries/turns.ts';
import type { TurnTool } from './call-tool.ts';
import { historyBefore } from './history.ts';
import { modelMessages } from './model-messages.ts';
import { systemPrompt, type KnownFact } from './system-prompt.ts';

/** Messages of a thread that are looked at for what the model is shown. */
const HISTORY_MESSAGES = 80;

/** The assistant that answers, with what it may use. */
export interface TurnAssistant {
  id: string;
  instructions: string;
  /** `provider/model`; null for the default one. */
  model: string | null;
  settings: {
    max_steps?: number | undefined;
    temperature?: number | undefined;
    fallback_models?: string[] | undefined;
  };
  tools: TurnTool[];
}

/** What the turn needs from other features, read in its first transaction. */
export interface TurnSources {
  assistant(db: Db, id: string): Promise<TurnAssistant | undefined>;
  /** Pinned facts, and those that may matter to the text. */
  facts(tx: Tx, about: { user_id: string; assistant_id: string; text: string }): Promise<KnownFact[]>;
  /** Who, when and where, for the system prompt. */
  contextLines(about: Pick<Person, 'now' | 'timezone' | 'locale'> & { receivedAt: Date }): string;
}

export interface OpenTurn {
  message: Message;
  /** Its parts so far: those of an earlier start that did not get to the end. */
  reply: Message;
  person: Person;
  assistant: TurnAssistant;
  system: string;
  /** The thread up to and including the message. */
  history: ModelMessage[];
}

async function openReply(tx: Tx, message: Message): Promise<Message | undefined> {
  const found = await selectReply(tx.db, message.turn_id);
  if (found && isOver(found)) return undefined;
  if (found) {
    const change = { status: 'streaming', parts: withoutCutText(found.parts) } as const;
    const reply = { ...found, ...change };
    await updateMessage(tx.db, reply.id, change);
    tx.emit(messageEvent('message.reset', reply));
    return reply;
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
  return reply;
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
  const message = await selectMessage(tx.db, messageId);
  if (!message || message.superseded_by !== null) return undefined;
  const { user_id, thread_id } = message;
  const thread = await selectThread(tx.db, thread_id);
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
  const facts = await sources.facts(tx, { user_id, assistant_id: assistant.id, text: textOf(message.parts) });
  const latest = await selectLatestMessages(tx.db, thread_id, HISTORY_MESSAGES);
  const reply = await openReply(tx, message);
  if (!reply) return undefined;
  const context = sources.contextLines({ ...person, receivedAt: message.created_at });
  return {
    message,
    reply,
    person,
    assistant,
    system: systemPrompt({ instructions: assistant.instructions, facts, context }),
    history: [...historyBefore(latest, message), message].flatMap(modelMessages),
  };
}
