import { clearUnstuck, raiseStuck } from '#features/alerts/index.ts';
import type { Database } from '#platform/db/index.ts';
import type { DueRow } from '#platform/due/index.ts';
import type { Logger } from '#platform/log/index.ts';

const BATCH = 100;
/** How often it is looked whether what was stuck goes on: while there is some, and else, for what another process told. */
const SOME_MS = 2_000;
const NONE_MS = 60_000;

/** Tells users of schedules that could not fire, and that they go on, beside the scheduler's loop. */
export function watchStuckRows({ database, log }: { database: Database; log: Logger }): {
  add(row: DueRow): void;
  stop(): Promise<void>;
} {
  const waiting = new Map<string, DueRow>();
  let timer: NodeJS.Timeout | undefined;
  let working = Promise.resolve();
  let stopped = false;

  async function work(): Promise<void> {
    const rows = [...waiting.values()].slice(0, BATCH);
    try {
      if (rows.length > 0) await database.asSystem(async (tx) => await raiseStuck(tx, rows));
      for (const row of rows) if (waiting.get(row.schedule_id) === row) waiting.delete(row.schedule_id);
      const stuck = await database.asSystem(async (tx) => await clearUnstuck(tx));
      lookIn(waiting.size > 0 ? 0 : stuck > 0 ? SOME_MS : NONE_MS);
    } catch (error) {
      log.warn({ err: error }, 'what is stuck could not be told');
      lookIn(SOME_MS);
    }
  }

  function lookIn(ms: number): void {
    clearTimeout(timer);
    if (stopped) return;
    timer = setTimeout(() => {
      working = working.then(work);
    }, ms);
  }

  lookIn(0);
  return {
    add: (row) => {
      waiting.set(row.schedule_id, row);
      lookIn(0);
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await working;
    },
  };
}
