import type { Lease } from '#platform/lanes/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Signals } from '#platform/events/signals.ts';
import { AppError } from '#platform/errors/index.ts';
import { turnTopic } from '../await-reply.ts';
import type { Message, MessagePart, Usage } from '../contract.ts';
import { messageEvent } from '../events.ts';
import { isToolPart, textOf, withoutCutText } from '../parts.ts';
import { updateMessage, type MessageChange } from '../queries/messages.ts';
import { deltaPayloads } from './delta.ts';

/** The thread was deleted under the turn: there is nobody to answer. */
export class ReplyGoneError extends AppError {
  constructor() {
    super({ code: 'messages.gone', kind: 'not_found', message: 'The reply was deleted while it was made' });
  }
}

/** The reply while it is made: the one place that writes its row. */
export interface ReplyWriter {
  reply: Message;
  parts(): MessagePart[];
  /** Counts with what earlier starts used; stored with the next write. */
  addUsage(usage: Usage): void;
  /** More text: told at once, stored before long. */
  say(text: string): void;
  /** Takes back the text of a step that failed. */
  takeBack(): Promise<void>;
  /** Stores what `change` makes of the reply, with whatever else it does, in one transaction. */
  store(change: (tx: Tx) => Promise<MessagePart[]>): Promise<void>;
  /** The last write: the reply is over, and so is the lane's item. */
  finish(
    change: MessageChange & { status: 'complete' | 'stopped' | 'failed' },
    also?: (tx: Tx) => Promise<void>,
  ): Promise<void>;
}

export interface ReplyWriterOptions {
  lease: Lease;
  signals: Signals;
  reply: Message;
  /** How often text is stored while it comes, ms. */
  flush_ms: number;
}

export function createReplyWriter({ lease, signals, reply, flush_ms }: ReplyWriterOptions): ReplyWriter {
  let parts = reply.parts;
  let length = textOf(parts).length;
  let usage: Usage = reply.usage ?? { input_tokens: 0, output_tokens: 0 };
  let timer: NodeJS.Timeout | undefined;
  // Writes come one after the other, so that no older state of the reply is written over a newer one.
  let writing: Promise<unknown> = Promise.resolve();

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(timer);
    timer = undefined;
    const result = writing.then(work);
    writing = result.catch(() => {});
    return await result;
  }

  async function write(tx: Tx, change: MessageChange): Promise<void> {
    if (!(await updateMessage(tx.db, reply.id, { ...change, usage }))) throw new ReplyGoneError();
  }

  async function store(change: (tx: Tx) => Promise<MessagePart[]>): Promise<void> {
    await inTurn(async () => {
      parts = await lease.transaction(async (tx) => {
        const changed = await change(tx);
        await write(tx, { parts: changed });
        return changed;
      });
      length = textOf(parts).length;
    });
  }

  function flush(): void {
    // What can't be stored now can't be stored at the end of the step either, and is an error there.
    inTurn(async () => await lease.transaction(async (tx) => await write(tx, { parts }))).catch(() => {});
  }

  return {
    reply,
    parts: () => parts,
    addUsage: (more) => {
      usage = {
        input_tokens: usage.input_tokens + more.input_tokens,
        output_tokens: usage.output_tokens + more.output_tokens,
      };
    },
    say: (text) => {
      for (const payload of deltaPayloads(reply, length, text))
        signals.publish(`delta:${reply.user_id}`, payload);
      length += text.length;
      const last = parts.at(-1);
      const said = last && !isToolPart(last) && last.state === 'streaming' ? last.text : undefined;
      const kept = said === undefined ? parts : parts.slice(0, -1);
      parts = [...kept, { type: 'text', text: (said ?? '') + text, state: 'streaming' }];
      timer ??= setTimeout(flush, flush_ms);
    },
    takeBack: async () => {
      const kept = withoutCutText(parts);
      if (kept.length === parts.length) return;
      await store(async (tx) => {
        tx.emit(messageEvent('message.reset', reply));
        return await Promise.resolve(kept);
      });
    },
    store,
    finish: async (change, also) => {
      await inTurn(
        async () =>
          await lease.finish(async (tx) => {
            await write(tx, change);
            await also?.(tx);
            const type = change.status === 'failed' ? 'message.failed' : 'message.completed';
            tx.emit(messageEvent(type, { ...reply, status: change.status }));
            tx.hint(turnTopic(reply.turn_id));
            if (change.status === 'stopped') tx.finish({ outcome: 'cancelled' });
          }),
      );
    },
  };
}
