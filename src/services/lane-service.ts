import type { Runtime } from '#app/runtime.ts';
import { startLaneWorker } from '#platform/lanes/index.ts';
import { inLaneContext, withLaneContext } from './lane-context.ts';
import type { Stop } from './service.ts';

/** Silence of a worker's loop after which the process is not ready; it looks twice a second. */
const MAX_SILENCE_MS = 10_000;

/** What of a process its lanes are worked with. */
export type LaneRuntime = Pick<
  Runtime,
  'database' | 'signals' | 'session' | 'features' | 'health' | 'laneMetrics' | 'log'
>;

export interface LaneServiceOptions {
  name: string;
  /** Lane scopes this service works; their handlers come from the features. */
  scopes: string[];
  /** Items worked at once. */
  concurrency: number;
  /** Of one user at once; default that of `startLaneWorker`. */
  userCap?: number;
}

/** A service that is a worker on lanes. */
export function startLaneService(
  { database, signals, session, features, health, laneMetrics, log }: LaneRuntime,
  { name, scopes, concurrency, userCap }: LaneServiceOptions,
): Stop {
  const part = health.watch(name, MAX_SILENCE_MS);
  const worker = startLaneWorker({
    database,
    signals,
    worker: session.worker,
    scopes,
    concurrency,
    ...(userCap !== undefined && { userCap }),
    handlers: features.handlers(scopes).map(withLaneContext),
    onAlive: () => part.alive(),
    onError: (error) => log.error({ err: error }, 'lanes can not be worked'),
    onResult: (item, result, ms) => {
      laneMetrics.items.inc({ kind: item.kind, result: result.result });
      laneMetrics.seconds.observe({ kind: item.kind }, ms / 1000);
      if (result.result === 'finished') return;
      inLaneContext(item, () => {
        const error = 'error' in result ? result.error : undefined;
        const level = result.result === 'parked' ? 'error' : 'warn';
        log[level]({ err: error, kind: item.kind, attempt: item.attempt }, `lane item ${result.result}`);
      });
    },
  });
  return async (deadlineMs) => await worker.stop(deadlineMs);
}
