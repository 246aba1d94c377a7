import { voidApprovals } from '#features/approvals/index.ts';
import { recordUse, settle, type ModelUse } from '#features/usage/index.ts';
import type { Lease } from '#platform/lanes/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Signals } from '#platform/events/signals.ts';
import { AppError } from '#platform/errors/index.ts';
import { turnTopic } from '../await-reply.ts';
import type { Message, MessagePart, Usage } from '../contract.ts';
import { messageEvent } from '../events.ts';
import { textOf, withoutCutText } from '../parts.ts';
import { updateMessage, updateStanding, type MessageChange } from '../queries/messages.ts';
import { deltaPayloads } from './delta.ts';
import { addUsage, withMoreText } from './growing.ts';

/** The thread was deleted under the turn, or its message edited: there is nobody to answer. */
export class ReplyGoneError extends AppError {
  constructor() {
    super({
      code: 'messages.gone',
      kind: 'not_found',
      message: 'The reply was deleted or superseded while it was made',
    });
  }
}

/** What one request to a model used. */
export type StepUse = Pick<ModelUse, 'assistant_id' | 'model' | 'cost_usd' | 'is_estimate'> & {
  usage: Usage;
};

/** Where what one assistant says and does in a turn is written. */
export interface StepWriter {
  reply: Message;
  parts(): MessagePart[];
  /** Counts with what earlier starts used; stored with the next write. */
  addUse(use: StepUse): void;
  /** More text: told at once, stored before long. */
  say(text: string): void;
  /** Takes back the text of a step that failed. */
  takeBack(): Promise<void>;
  /** Stores what `change` makes of the parts, with whatever else it does, in one transaction. */
  store(change: (tx: Tx) => Promise<MessagePart[]>): Promise<void>;
}

/** The reply while it is made: the one place that writes its row. */
export interface ReplyWriter extends StepWriter {
  used(): { usage: Usage; cost_usd: number };
  /** USD of what is not stored yet. */
  unstoredCost(): number;
  tainted(): boolean;
  /** From now on the turn has read what strangers wrote; stored with the next write. */
  taint(): void;
  /** Ends this start without a word more; what models were used for is counted all the same. */
  leave(): Promise<void>;
  /** Replaces the stored parts, within the transaction of `finish`. */
  rewrite(tx: Tx, parts: MessagePart[]): Promise<void>;
  /** The last write of this start: the lane's item is over, and so is the reply, unless it waits for an approval. */
  finish(
    change: MessageChange & { status: 'complete' | 'stopped' | 'failed' | 'awaiting_approval' },
    also?: (tx: Tx) => Promise<void>,
  ): Promise<void>;
}

export interface ReplyWriterOptions {
  lease: Lease;
  signals: Signals;
  reply: Message;
  /** Whether the user was asked before: an earlier start may have left something open. */
  was_asked: boolean;
  /** How often text is stored while it comes, ms. */
  flush_ms: number;
  /** Whether something may be reserved for what is used. */
  hasBudget: boolean;
  /** Told when text that comes can't be stored, since the reply is gone. */
  onGone: (error: ReplyGoneError) => void;
}

export function createReplyWriter(options: ReplyWriterOptions): ReplyWriter {
  const { lease, signals, reply, flush_ms, hasBudget, onGone } = options;
  let parts = reply.parts;
  let length = textOf(parts).length;
  let usage: Usage = reply.usage ?? { input_tokens: 0, output_tokens: 0 };
  let cost_usd = reply.cost_usd;
  let { tainted } = reply;
  let uses: ModelUse[] = [];
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

  function count(tx: Tx, isOver: boolean): void {
    const added = uses;
    recordUse(tx, added);
    if (hasBudget && (isOver || added.length > 0)) settle(tx, { id: reply.turn_id, user_id: reply.user_id });
    tx.onCommit(() => (uses = uses.filter((use) => !added.includes(use))));
  }

  async function write(tx: Tx, change: MessageChange): Promise<void> {
    count(tx, change.status !== undefined);
    if (!(await updateStanding(tx.db, reply.id, { ...change, usage, cost_usd, tainted }))) {
      throw new ReplyGoneError();
    }
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
    inTurn(async () => await lease.transaction(async (tx) => await write(tx, { parts }))).catch(
      (error: unknown) => {
        // What else can't be stored now can't be stored at the end of the step either, and is an error there.
        if (error instanceof ReplyGoneError) onGone(error);
      },
    );
  }

  return {
    reply,
    parts: () => parts,
    used: () => ({ usage, cost_usd: cost_usd ?? 0 }),
    unstoredCost: () => uses.reduce((sum, use) => sum + (use.cost_usd ?? 0), 0),
    tainted: () => tainted,
    taint: () => (tainted = true),
    addUse: ({ usage: more, ...use }) => {
      usage = addUsage(usage, more);
      if (use.cost_usd !== null) cost_usd = (cost_usd ?? 0) + use.cost_usd;
      const { user_id, thread_id } = reply;
      const { cached_input_tokens = 0, ...tokens } = more;
      uses.push({ user_id, subject: `thread:${thread_id}`, cached_input_tokens, ...tokens, ...use });
    },
    say: (text) => {
      for (const payload of deltaPayloads(reply, length, text))
        signals.publish(`delta:${reply.user_id}`, payload);
      length += text.length;
      parts = withMoreText(parts, text);
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
    leave: async () => {
      await inTurn(async () => {
        if (uses.length === 0 && !hasBudget) return;
        await lease.transaction(async (tx) => {
          count(tx, true);
          await updateMessage(tx.db, reply.id, { usage, cost_usd });
        });
      });
    },
    rewrite: async (tx, rewritten) => {
      await updateMessage(tx.db, reply.id, { parts: rewritten });
    },
    finish: async (change, also) => {
      await inTurn(
        async () =>
          await lease.finish(async (tx) => {
            await write(tx, change);
            await also?.(tx);
            const { status } = change;
            if (status !== 'awaiting_approval') {
              const type = status === 'failed' ? 'message.failed' : 'message.completed';
              tx.emit(messageEvent(type, { ...reply, status }));
              if (options.was_asked) await voidApprovals(tx, reply.user_id, reply.id);
            }
            tx.hint(turnTopic(reply.turn_id));
            if (status === 'stopped') tx.finish({ outcome: 'cancelled' });
          }),
      );
    },
  };
}
