import type { Database, Tx } from '#platform/db/index.ts';
import type { Signals } from '#platform/events/signals.ts';
import { claimDue, moveDue, untilNextDue, type DueRow } from './queries.ts';

/**
 * What is to happen for rows that are due: writes it in the transaction and answers each row's next instant, strictly
 * after `now`, or null when there is none. Runs for a batch, so a few statements for all of it.
 */
export type Fire = (tx: Tx, rows: DueRow[], now: Date) => Promise<{ schedule_id: string; fire_at: Date | null }[]>;

export interface SchedulerOptions {
  database: Database;
  signals: Signals;
  fire: Fire;
  /** Rows of one transaction. */
  batch?: number;
  onError?: (error: unknown, row?: DueRow) => void;
  /** After every look: how many fired, and how long it took, ms. */
  onPass?: (fired: number, ms: number) => void;
}

/** Hints may be lost: never sleep longer. */
const MAX_SLEEP_MS = 1_000;
/** What is due but held by another scheduler, or not quite due by the database's clock, is looked at again. */
const MIN_SLEEP_MS = 1;
/** A row whose firing fails is tried again after this long, so that it holds up no other. */
const SET_ASIDE_MS = 60_000;

/** A connection or server in trouble: nobody's row is to blame. */
function isOutage(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string') return /connection|timeout/i.test(String(error));
  return /^(08|53|57|58|40|25)/.test(code) || !/^[0-9A-Z]{5}$/.test(code);
}

/** Fires what is due, to the millisecond, until stopped. Any number may run on one database. */
export function startScheduler(options: SchedulerOptions): { stop(): Promise<void> } {
  const { database, signals, fire } = options;
  const batch = options.batch ?? 1_000;
  let stopping = false;
  let woken = false;
  let wakeUp: (() => void) | undefined;

  function wake(): void {
    woken = true;
    wakeUp?.();
  }

  async function fireBatch(limit: number, only?: DueRow): Promise<DueRow[]> {
    return await database.asSystem(async (tx) => {
      const claimed = await claimDue(tx.db, limit);
      const rows = only ? claimed.rows.filter(({ schedule_id }) => schedule_id === only.schedule_id) : claimed.rows;
      if (rows.length > 0) await moveDue(tx.db, await fire(tx, rows, claimed.now));
      return rows;
    });
  }

  /** A batch that fails is fired row by row; the row that fails alone is set aside and reported. */
  async function fireSingly(): Promise<number> {
    const { rows } = await database.asSystem(async (tx) => await claimDue(tx.db, batch));
    let fired = 0;
    for (const row of rows) {
      try {
        fired += (await fireBatch(batch, row)).length;
      } catch (error) {
        if (isOutage(error)) throw error;
        options.onError?.(error, row);
        const fire_at = new Date(Date.now() + SET_ASIDE_MS);
        await database.asSystem(async (tx) => await moveDue(tx.db, [{ schedule_id: row.schedule_id, fire_at }]));
      }
    }
    return fired;
  }

  async function pass(): Promise<number> {
    try {
      return (await fireBatch(batch)).length;
    } catch (error) {
      if (isOutage(error)) throw error;
      options.onError?.(error);
      return await fireSingly();
    }
  }

  async function sleep(ms: number): Promise<void> {
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

  async function loop(): Promise<void> {
    while (!stopping) {
      woken = false;
      try {
        const startedAt = performance.now();
        const fired = await pass();
        options.onPass?.(fired, performance.now() - startedAt);
        if (fired > 0) continue;
        const ms = (await untilNextDue(database.system)) ?? MAX_SLEEP_MS;
        await sleep(Math.min(MAX_SLEEP_MS, Math.max(MIN_SLEEP_MS, Math.ceil(ms))));
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
    },
  };
}
