import { LaneLostError } from '#platform/db/index.ts';
import type { ClaimedItem, Lease } from '#platform/lanes/index.ts';
import type { Logger } from '#platform/log/index.ts';
import type { Signals } from '#platform/events/signals.ts';
import { foldOldest } from '../context/fold-oldest.ts';
import { threadContext } from '../context/thread-context.ts';
import { keepTokenRatio } from '../context/token-ratio.ts';
import { closeCalls, closeText } from '../parts.ts';
import { OverBudgetError } from './budget.ts';
import { converse } from './converse.ts';
import { turnMs, type TurnLimits } from './limits.ts';
import { describeFailure } from './model-failure.ts';
import { answeringModel, chainFor, type TurnModels } from './models.ts';
import { openTurn, readTurn, type OpenTurn, type TurnSources } from './open-turn.ts';
import { recordFailure, recordFallback } from './record-trouble.ts';
import { createReplyWriter, ReplyGoneError, type ReplyWriter } from './reply-writer.ts';
import type { Part, TurnRun } from './turn-run.ts';
import { waitForApproval } from './wait-for-approval.ts';

export interface TurnDeps {
  signals: Signals;
  log: Logger;
  sources: TurnSources;
  models: TurnModels;
  limits: TurnLimits;
  readFile: TurnRun['readFile'];
}

class TurnTimeoutError extends Error {}

interface Writing {
  writer: ReplyWriter;
  /** Aborted when the reply is gone. */
  gone: AbortSignal;
}

async function answer(
  turn: OpenTurn,
  lease: Lease,
  deps: TurnDeps,
  { writer, gone }: Writing,
): Promise<void> {
  const { message, assistant } = turn;
  const { limits } = deps;
  const chain = chainFor(assistant, deps.models);
  const turn_ms = turnMs(assistant.settings, limits);
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(new TurnTimeoutError()), turn_ms);
  const signal = AbortSignal.any([lease.signal, timeout.signal, gone]);
  const run: TurnRun = {
    ...deps,
    turn,
    lease,
    writer,
    signal,
    converse,
    approvals: turn.approvals,
    asked: [],
  };
  const part: Part = {
    assistant,
    chain,
    writer,
    system: turn.system,
    context: threadContext(() => turn.thread),
    path: [],
    line: [assistant.id],
  };

  async function fail(error: string): Promise<void> {
    const parts = closeCalls(closeText(writer.parts()), 'failed');
    const change = { parts, status: 'failed', error, model: answeringModel(chain) } as const;
    await writer.finish(change, async (tx) => await recordFailure(tx, message, error));
  }

  const { token_ratio } = turn;

  try {
    await foldOldest(run, part);
    const parts = await converse(run, part);
    if (parts === 'waits') {
      await waitForApproval(run, answeringModel(chain));
      return;
    }
    const model = answeringModel(chain);
    await writer.finish({ parts, status: 'complete', model }, async (tx) => {
      const [wanted] = chain.names;
      await keepTokenRatio(tx, message.thread_id, token_ratio, turn.token_ratio);
      if (chain.current > 0) await recordFallback(tx, message, `${wanted}`, `${model}`);
    });
  } catch (error) {
    if (error instanceof LaneLostError || error instanceof ReplyGoneError) throw error;
    if (lease.cancelled()) {
      const parts = closeCalls(closeText(writer.parts()), 'stopped');
      const model = parts.length > 0 ? answeringModel(chain) : null;
      await writer.finish({ parts, status: 'stopped', model });
    } else if (lease.signal.aborted) {
      // A shut-down or a lost lane: the item is worked again, here or elsewhere.
      throw error;
    } else if (timeout.signal.aborted) {
      await fail(`It took longer than the ${turn_ms / 1_000} s I may take for one message.`);
    } else if (error instanceof OverBudgetError) {
      await fail(error.message);
    } else if (chain.current >= chain.names.length) {
      await fail(describeFailure(error));
    } else {
      throw error;
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Works the turn of one message: its reply is complete, stopped, failed, or waits for the user's approval. */
export async function runTurn(item: ClaimedItem, lease: Lease, deps: TurnDeps): Promise<void> {
  const { message_id, turn_id } = item.payload as { message_id: string; turn_id: string };
  const { user_id } = item;
  // Every thread is somebody's.
  if (user_id === null) return;
  const { sources } = deps;
  await sources.prepare?.({ user_id, message_id, signal: lease.signal });
  const reading = await readTurn(lease.read(), { user_id, message_id, turn_id }, sources);
  const turn = reading && (await lease.transaction(async (tx) => await openTurn(tx, reading)));
  if (!turn) return;
  const gone = new AbortController();
  const { signals, limits } = deps;
  const writer = createReplyWriter({
    lease,
    signals,
    reply: turn.reply,
    was_asked: turn.approvals.length > 0,
    flush_ms: limits.flush_ms,
    hasBudget: turn.person.daily_budget_usd !== null,
    onGone: (error) => gone.abort(error),
  });
  try {
    await answer(turn, lease, deps, { writer, gone: gone.signal });
  } catch (error) {
    if (error instanceof LaneLostError) throw error;
    await writer.leave();
    // With nobody to answer, the item is done.
    if (!(error instanceof ReplyGoneError)) throw error;
  }
}
