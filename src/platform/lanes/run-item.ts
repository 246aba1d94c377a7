import type { Database, HeldLane, HeldTx } from '#platform/db/index.ts';
import { isOutage, LaneLostError } from '#platform/db/index.ts';
import { AppError, messageOf } from '#platform/errors/index.ts';
import { backoffMs } from './backoff.ts';
import { RetryIn, type LaneHandler, type Lease } from './handlers.ts';
import type { ClaimedItem } from './queries.ts';

const DEFAULT_MAX_ATTEMPTS = 8;
const DEFAULT_MAX_STARTS = 40;

export interface RunItemOptions {
  database: Database;
  worker: string;
  item: ClaimedItem;
  handler: LaneHandler | undefined;
  controller: AbortController;
  /** Called with the delay after which a failed item is ready again. */
  onRetry: (delayMs: number) => void;
}

/** What `signal.throwIfAborted()`, `fetch` and most libraries throw when they are told to stop. */
function isAbort(error: unknown): boolean {
  return error === 'cancelled' || (error instanceof Error && error.name === 'AbortError');
}

export type ItemResult = { result: 'finished' | 'lost' } | { result: 'retry' | 'parked'; error: unknown };

/** Works one claimed item to its end: finished, to be retried, parked, or lost to another worker. */
export async function runItem(options: RunItemOptions): Promise<ItemResult> {
  const { database, item, handler, controller } = options;
  const held: HeldLane = { key: item.key, worker: options.worker, fence: item.fence, seq: item.seq };
  let finished = false;

  async function finish<T>(work: (tx: HeldTx) => Promise<T>): Promise<T> {
    const value = await database.inLane(held, item.user_id, async (tx) => {
      tx.finish({ outcome: 'completed' });
      return await work(tx);
    });
    finished = true;
    return value;
  }

  async function park(error: unknown): Promise<ItemResult> {
    const message = messageOf(error);
    try {
      await finish(async (tx) => {
        tx.finish({ outcome: 'parked', error: message });
        await handler?.onParked?.(tx, item, message);
      });
    } catch (problem) {
      if (problem instanceof LaneLostError || isOutage(problem) || !handler?.onParked) throw problem;
      // Even what can't be told must not hold up the lane.
      const both = `${message}; and onParked failed: ${messageOf(problem)}`;
      await finish(async (tx) => tx.finish({ outcome: 'parked', error: both }));
      return { result: 'parked', error: problem };
    }
    return { result: 'parked', error };
  }

  async function retryLater(error: unknown, delayMs: number, uncounted: boolean): Promise<ItemResult> {
    const outcome = { outcome: 'retry', error: messageOf(error), retry_in_ms: delayMs, uncounted } as const;
    await database.inLane(held, null, async (tx) => tx.finish(outcome));
    options.onRetry(delayMs);
    return { result: 'retry', error };
  }

  async function settle(error: unknown): Promise<ItemResult> {
    const { aborted, reason } = controller.signal;
    if (aborted && reason === 'cancelled' && isAbort(error)) {
      await finish(async (tx) => tx.finish({ outcome: 'cancelled' }));
      return { result: 'finished' };
    }
    // A shut-down is not the item's fault, however often it happens.
    if (aborted && reason === 'shutdown') return await retryLater(error, 0, true);
    const hopeless = error instanceof AppError && !error.retryable;
    if (hopeless || item.attempt >= maxAttempts) return await park(error);
    const wait = error instanceof RetryIn ? error.retry_in_ms : backoffMs(item.attempt);
    return await retryLater(error, aborted ? 0 : wait, false);
  }

  const lease: Lease = {
    signal: controller.signal,
    read: () => (item.user_id === null ? database.system : database.readAs(item.user_id)),
    cancelled: () => controller.signal.reason === 'cancelled',
    transaction: async (work) => await database.inLane(held, item.user_id, work),
    finish,
  };
  const maxAttempts = handler?.maxAttempts ?? DEFAULT_MAX_ATTEMPTS;
  const maxStarts = Math.max(maxAttempts, handler?.maxStarts ?? DEFAULT_MAX_STARTS);
  try {
    if (controller.signal.reason === 'shutdown') return await retryLater('shutdown', 0, true);
    if (!handler) return await park(new Error(`no handler for items of kind ${item.kind}`));
    // The claim counts starts, so an item that kills its worker each time comes to an end too.
    if (item.attempt > maxStarts) return await park(new Error(`given up after ${maxStarts} starts`));
    try {
      await handler.work(item, lease);
      if (!finished) await finish(async () => {});
      return { result: 'finished' };
    } catch (error) {
      if (finished || error instanceof LaneLostError) throw error;
      return await settle(error);
    }
  } catch (error) {
    // Also when a commit was applied but its reply was lost: then the lane is no longer ours, which is right.
    if (error instanceof LaneLostError) return { result: 'lost' };
    throw error;
  }
}
