import type { Database } from '#platform/db/index.ts';
import { LaneLostError } from '#platform/db/index.ts';
import type { Signals } from '#platform/events/signals.ts';
import type { LaneHandler } from './handlers.ts';
import {
  claimLanes,
  isCancelRequested,
  releaseAbandoned,
  releaseDeadLeases,
  renewLeases,
  touchWorker,
  type ClaimedItem,
} from './queries.ts';
import { runItem, type ItemResult } from './run-item.ts';

export interface LaneWorkerOptions {
  database: Database;
  signals: Signals;
  /** This process's worker id, from its session. */
  worker: string;
  /** Which lanes: the part of their keys before the colon. */
  scopes: string[];
  handlers: LaneHandler[];
  /** Items worked at once. */
  concurrency: number;
  /** Of one user at once, over all workers. */
  userCap?: number;
  leaseMs?: number;
  /** Backstop for lost hints, and how often dead workers are looked for. */
  pollMs?: number;
  onResult?: (item: ClaimedItem, result: ItemResult, ms: number) => void;
  onError?: (error: unknown) => void;
  /** The lanes' health: called after every look at the table. */
  onAlive?: () => void;
}

export interface LaneWorker {
  /** Items being worked on now. */
  running(): number;
  /** Takes no new items, waits for the running ones, and after the deadline tells them to stop. */
  stop(deadlineMs: number): Promise<void>;
}

interface Running {
  item: ClaimedItem;
  controller: AbortController;
  done: Promise<void>;
  /** By the monotonic clock: from then on, unless renewed, another worker may have the lane. */
  leasedUntil: number;
}

/** How timers may be early, ms. */
const TIMER_SLACK_MS = 2;

const nobody = '00000000-0000-0000-0000-000000000000';

/** Works the lanes of some scopes until stopped; any number of workers may run on one database. */
export function startLaneWorker(options: LaneWorkerOptions): LaneWorker {
  const { database, signals, worker, scopes } = options;
  const leaseMs = options.leaseMs ?? 15_000;
  const pollMs = options.pollMs ?? 500;
  const handlers = new Map(options.handlers.map((handler) => [handler.kind, handler]));
  const running = new Map<string, Running>();
  const retryTimers = new Set<NodeJS.Timeout>();
  let stopping = false;
  let woken = false;
  let wakeUp: (() => void) | undefined;
  let cursorOwner = nobody;
  let firstScope = 0;
  let lastSweep = 0;
  let renewing = false;

  function wake(): void {
    woken = true;
    wakeUp?.();
  }

  async function waitForWork(ms: number): Promise<void> {
    if (woken || stopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    wakeUp = undefined;
  }

  async function work(entry: Running): Promise<void> {
    const { item, controller } = entry;
    const startedAt = performance.now();
    let finished = false;
    // The hint may be about the item before: it ended as it was asked to stop.
    const unsubscribe = signals.subscribe(`cancel:${item.key}`, () => {
      isCancelRequested(database.system, item)
        .then((asked) => asked && controller.abort('cancelled'))
        .catch((error: unknown) => options.onError?.(error));
    });
    if (item.cancel_requested) controller.abort('cancelled');
    try {
      const result = await runItem({
        database,
        worker,
        item,
        controller,
        handler: handlers.get(item.kind),
        onRetry: (delayMs) => {
          const timer = setTimeout(() => {
            retryTimers.delete(timer);
            wake();
          }, delayMs + TIMER_SLACK_MS);
          retryTimers.add(timer);
        },
      });
      options.onResult?.(item, result, performance.now() - startedAt);
      // Its commit has said so already.
      finished = result.result === 'finished' && running.size < options.concurrency;
    } catch (error) {
      // It could not even be recorded (PostgreSQL is away): the sweep gives the lane back.
      options.onError?.(error);
    } finally {
      unsubscribe();
      // The lane may have been claimed again before the reply to our last commit was read.
      if (running.get(item.key) === entry) running.delete(item.key);
      if (!finished) wake();
    }
  }

  /** Starts an item; where we lost its lane before, without having noticed, not before that handler has returned. */
  function start(item: ClaimedItem, leasedUntil: number): void {
    const before = running.get(item.key);
    const entry: Running = { item, controller: new AbortController(), done: Promise.resolve(), leasedUntil };
    running.set(item.key, entry);
    // Claimed by a look that was under way as we were told to stop: it is handed back.
    if (stopping) entry.controller.abort('shutdown');
    before?.controller.abort(new LaneLostError(item.key));
    entry.done = before ? before.done.then(async () => await work(entry)) : work(entry);
  }

  /** What is ready is claimed. What becomes ready later comes with a hint. */
  async function claim(): Promise<void> {
    const free = options.concurrency - running.size;
    if (free <= 0 || stopping) return;
    // Each scope has its turn at being first, so that none starves when there is always more than can be taken.
    firstScope = (firstScope + 1) % scopes.length;
    const leasedUntil = performance.now() + leaseMs;
    const claimed = await claimLanes(database.system, {
      worker,
      scopes: [...scopes.slice(firstScope), ...scopes.slice(0, firstScope)],
      max_count: free,
      user_cap: options.userCap ?? 4,
      lease_ms: leaseMs,
      cursor_owner: cursorOwner,
    });
    for (const item of claimed) start(item, leasedUntil);
    const last = claimed.at(-1);
    if (last) cursorOwner = last.user_id ?? nobody;
  }

  /** Now and then, what the dead have held is freed; nothing that is ready waits for it. */
  async function sweep(): Promise<void> {
    const now = performance.now();
    if (now - lastSweep < pollMs || stopping) return;
    lastSweep = now;
    const freed = await releaseDeadLeases(database.system, worker);
    const abandoned = await releaseAbandoned(database.system, worker, scopes, [...running.keys()]);
    if (freed.length + abandoned.length > 0) wake();
  }

  async function loop(): Promise<void> {
    // The workers of a process begin together; their looks at the table need not come together, too.
    let wait = pollMs * Math.random();
    while (!stopping) {
      woken = false;
      try {
        await claim();
        await sweep();
        options.onAlive?.();
      } catch (error) {
        options.onError?.(error);
      }
      await waitForWork(wait);
      wait = pollMs;
    }
  }

  async function renew(): Promise<void> {
    await touchWorker(database.system, worker);
    const held = [...running.values()];
    if (held.length === 0) return;
    const leasedUntil = performance.now() + leaseMs;
    const items = held.map(({ item }) => item);
    const kept = new Map(
      (await renewLeases(database.system, worker, items, leaseMs)).map((lane) => [lane.key, lane]),
    );
    for (const entry of held) {
      const lane = kept.get(entry.item.key);
      if (!lane) entry.controller.abort(new LaneLostError(entry.item.key));
      else if (lane.cancel_requested) entry.controller.abort('cancelled');
      if (lane?.renewed) entry.leasedUntil = leasedUntil;
    }
  }

  /** What could not be renewed in time may be another's by now: it stops, rather than work beside it. */
  function stopExpired(): void {
    for (const { item, controller, leasedUntil } of running.values()) {
      if (performance.now() > leasedUntil) controller.abort(new LaneLostError(item.key));
    }
  }

  const heartbeat = setInterval(() => {
    if (renewing) return stopExpired();
    renewing = true;
    renew()
      .catch((error: unknown) => {
        options.onError?.(error);
        stopExpired();
      })
      .finally(() => {
        renewing = false;
      });
  }, leaseMs / 3);
  const unsubscribes = scopes.map((scope) => signals.subscribe(`lane:${scope}`, wake));
  const looping = loop();

  return {
    running: () => running.size,
    stop: async (deadlineMs) => {
      stopping = true;
      wake();
      for (const unsubscribe of unsubscribes) unsubscribe();
      await looping;
      let timer: NodeJS.Timeout | undefined;
      const drained = Promise.all([...running.values()].map(({ done }) => done));
      const deadline = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, deadlineMs);
      });
      await Promise.race([drained, deadline]);
      clearTimeout(timer);
      for (const { controller } of running.values()) controller.abort('shutdown');
      await Promise.race([drained, new Promise<void>((resolve) => setTimeout(resolve, 1_000).unref())]);
      clearInterval(heartbeat);
      for (const retry of retryTimers) clearTimeout(retry);
    },
  };
}
