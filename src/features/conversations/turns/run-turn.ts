import { LaneLostError } from '#platform/db/index.ts';
import type { ClaimedItem, Lease } from '#platform/lanes/index.ts';
import type { Logger } from '#platform/log/index.ts';
import type { Signals } from '#platform/events/signals.ts';
import { closeCalls, closeText, notDone } from '../parts.ts';
import type { ModelChain } from './answer-step.ts';
import { converse } from './converse.ts';
import type { TurnLimits } from './limits.ts';
import { describeFailure } from './model-failure.ts';
import { openTurn, type OpenTurn, type TurnSources } from './open-turn.ts';
import { recordFailure, recordFallback } from './record-trouble.ts';
import { createReplyWriter, ReplyGoneError } from './reply-writer.ts';

export interface TurnDeps {
  signals: Signals;
  log: Logger;
  sources: TurnSources;
  models: {
    resolve: ModelChain['resolve'];
    /** `provider/model` for assistants that name none. */
    default_model: string;
    /** Asked when every other one has failed. */
    last_resort: string;
  };
  limits: TurnLimits;
}

class TurnTimeoutError extends Error {}

/** What is asked to answer, best first. */
function chainFor({ assistant }: OpenTurn, models: TurnDeps['models']): ModelChain {
  const { fallback_models = [] } = assistant.settings;
  const names = [assistant.model ?? models.default_model, ...fallback_models, models.last_resort];
  return { names: [...new Set(names)], current: 0, resolve: models.resolve };
}

async function answer(turn: OpenTurn, lease: Lease, deps: TurnDeps): Promise<void> {
  const { message } = turn;
  const { limits, log } = deps;
  const writer = createReplyWriter({
    lease,
    signals: deps.signals,
    reply: turn.reply,
    flush_ms: limits.flush_ms,
  });
  const chain = chainFor(turn, deps.models);
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(new TurnTimeoutError()), limits.turn_ms);
  const signal = AbortSignal.any([lease.signal, timeout.signal]);
  const answeredBy = (): string | null => chain.names[chain.current] ?? null;

  async function fail(error: string): Promise<void> {
    const parts = closeCalls(closeText(writer.parts()), notDone.failed);
    const change = { parts, status: 'failed', error, model: answeredBy() } as const;
    await writer.finish(change, async (tx) => await recordFailure(tx, message, error));
  }

  try {
    const parts = await converse({ turn, writer, chain, limits, signal, log });
    await writer.finish({ parts, status: 'complete', model: answeredBy() }, async (tx) => {
      const [wanted] = chain.names;
      if (chain.current > 0) await recordFallback(tx, message, `${wanted}`, `${answeredBy()}`);
    });
  } catch (error) {
    if (error instanceof LaneLostError || error instanceof ReplyGoneError) throw error;
    if (lease.cancelled()) {
      const parts = closeCalls(closeText(writer.parts()), notDone.stopped);
      await writer.finish({ parts, status: 'stopped', model: parts.length > 0 ? answeredBy() : null });
    } else if (lease.signal.aborted) {
      // A shut-down or a lost lane: the item is worked again, here or elsewhere.
      throw error;
    } else if (timeout.signal.aborted) {
      await fail(`It took longer than the ${limits.turn_ms / 1_000} s I may take for one message.`);
    } else if (chain.current >= chain.names.length) {
      await fail(describeFailure(error));
    } else {
      throw error;
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Works the turn of one message to its end: its reply is complete, stopped or failed. */
export async function runTurn(item: ClaimedItem, lease: Lease, deps: TurnDeps): Promise<void> {
  const { message_id } = item.payload as { message_id: string };
  const turn = await lease.transaction(async (tx) => await openTurn(tx, message_id, deps.sources));
  if (!turn) return;
  try {
    await answer(turn, lease, deps);
  } catch (error) {
    // With nobody to answer, the item is done.
    if (!(error instanceof ReplyGoneError)) throw error;
  }
}
