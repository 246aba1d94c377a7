import { isOutage, type Database, type Tx } from '#platform/db/index.ts';
import type { Signals } from '#platform/events/signals.ts';
import { createBatchSize } from './batch-size.ts';
import { claimDue, moveDue, untilNextDue, type ClaimDueOptions, type DueRow } from './queries.ts';

/**
 * What is to happen for rows that are due: writes it in the transaction and answers each row's next instant, strictly
 * after `now`, or null when there is none. Runs for a batch, so a few statements for all of it.
 */
export type Fire = (
  tx: Tx,
  rows: DueRow[],
  now: Date,
) => Promise<{ schedule_id: string; fire_at: Date | null }[]>;

export interface SchedulerOptions {
  database: Database;
  signals: Signals;
  fire: Fire;
  /** Rows of one transaction at most. */
  batch?: number;
  onError?: (error: unknown, row?: DueRow) => void;
  /** After every look: how many fired, and how long it took, ms. */
  onPass?: (fired: number, ms: number) => void;
}

/**
 * How long a transaction should take: what it says about when something fired is said at its beginning, and what comes
 * due meanwhile waits for its end.
 */
const TRANSACTION_MS = 30;
/** What has been due for longer is a backlog: it has its turn when nothing else is due, */
const FRESH_MS = 5_000;
/** and every so many transactions, so that it moves even when there is always something. */
const TURN_OF_OLDEST = 8;
/** Hints may be lost: never sleep longer. */
const MAX_SLEEP_MS = 1_000;
/** What is due but held by another transaction is looked at again, less and less often. */
const MIN_SLEEP_MS = 1;
const MAX_OVERDUE_SLEEP_MS = 50;
/** A row whose firing fails is tried again after this long, so that it holds up no other. */
const SET_ASIDE_MS = 60_000;

/** Fires what is due, to the millisecond, until stopped. Any number may run on one database. */
export function startScheduler(options: SchedulerOptions): { stop(): Promise<void> } {
  const { database, signals, fire } = options;
  const size = createBatchSize({ most: options.batch ?? 1_000, targetMs: TRANSACTION_MS });
  let stopping = false;
  let woken = false;
  let wakeUp: (() => void) | undefined;
  let passedOver = 0;
  let passes = 0;
  let helping: Promise<void> | undefined;
  // Schedule ids and when they are tried again, by the monotonic clock. Their due rows stay as they are: fire_at is
  // the occurrence's identity.
  const setAside = new Map<string, number>();

  function wake(): void {
    woken = true;
    wakeUp?.();
  }

  function asideNow(): string[] {
    const now = performance.now();
    for (const [id, until] of setAside) if (until <= now) setAside.delete(id);
    return [...setAside.keys()];
  }

  async function fireRows(claim: ClaimDueOptions): Promise<number> {
    return await database.asSystem(async (tx) => {
      const { rows, now } = await claimDue(tx.db, claim);
      if (rows.length === 0) return 0;
      const next = await fire(tx, rows, now);
      const answered = new Set(next.map(({ schedule_id }) => schedule_id));
      const silent = rows.find(({ schedule_id }) => !answered.has(schedule_id));
      if (silent) throw new Error(`no next instant was given for schedule ${silent.schedule_id}`);
      moveDue(tx, next);
      return rows.length;
    });
  }

  /** Fires these in halves, and halves of the halves that fail, so that one bad row costs few transactions. */
  async function fireApart(rows: DueRow[]): Promise<number> {
    try {
      const only = rows.map(({ schedule_id }) => schedule_id);
      return await fireRows({ limit: rows.length, only });
    } catch (error) {
      if (isOutage(error)) throw error;
      const [first] = rows;
      if (first && rows.length === 1) {
        setAside.set(first.schedule_id, performance.now() + SET_ASIDE_MS);
        options.onError?.(error, first);
        return 0;
      }
      const middle = Math.ceil(rows.length / 2);
      return (await fireApart(rows.slice(0, middle))) + (await fireApart(rows.slice(middle)));
    }
  }

  async function fireDue(limit: number): Promise<number> {
    const isTurnOfOldest = passes++ % TURN_OF_OLDEST === 0;
    const claim = { limit, except: asideNow(), ...(!isTurnOfOldest && { fresh_ms: FRESH_MS }) };
    try {
      return await fireRows(claim);
    } catch (error) {
      if (isOutage(error)) throw error;
      const { rows } = await database.asSystem(async (tx) => await claimDue(tx.db, claim));
      const fired = await fireApart(rows);
      // What is set aside counts as dealt with: there may be more behind it.
      return Math.max(fired, rows.length);
    }
  }

  /** Fires a batch. Returns how many fired, and whether it was full. */
  async function pass(): Promise<{ fired: number; isFull: boolean }> {
    const startedAt = performance.now();
    const limit = size.rows();
    const fired = await fireDue(limit);
    const ms = performance.now() - startedAt;
    size.note(fired, ms);
    options.onPass?.(fired, ms);
    return { fired, isFull: fired >= limit };
  }

  /** A second transaction beside the first while there is more than one can take: one is written while the other waits. */
  async function help(): Promise<void> {
    try {
      while (!stopping && (await pass()).isFull);
    } catch (error) {
      options.onError?.(error);
    }
    helping = undefined;
  }

  /** How long nothing can be due, ms; 0 when there is more behind what has just fired. */
  async function untilNext(hasFired: boolean): Promise<number> {
    const ms = (await untilNextDue(database.system, asideNow())) ?? MAX_SLEEP_MS;
    if (ms > 0 || hasFired) passedOver = 0;
    if (ms > 0) return Math.min(MAX_SLEEP_MS, Math.max(MIN_SLEEP_MS, Math.ceil(ms)));
    if (hasFired) return 0;
    passedOver++;
    return Math.min(MAX_OVERDUE_SLEEP_MS, MIN_SLEEP_MS * 2 ** (passedOver - 1));
  }

  async function sleep(ms: number): Promise<void> {
    if (woken || stopping || ms === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    wakeUp = undefined;
  }

  async function loop(): Promise<void> {
    while (!stopping) {
      woken = false;
      try {
        const { fired, isFull } = await pass();
        if (isFull) helping ??= help();
        else await sleep(await untilNext(fired > 0));
      } catch (error) {
        options.onError?.(error);
        await sleep(MAX_SLEEP_MS / 4);
      }
    }
  }

  const unsubscribe = signals.subscribe('due', wake);
  const looping = loop();
  return {
    stop: async () => {
      stopping = true;
      unsubscribe();
      wake();
      await looping;
      await helping;
    },
  };
}
