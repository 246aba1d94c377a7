import { hostname } from 'node:os';
import { clearAlert, raiseAlert, tellPassing } from '#features/alerts/index.ts';
import { appNow } from '#platform/clock/app-now.ts';
import { createClock } from '#platform/clock/index.ts';
import type { Database } from '#platform/db/index.ts';
import { tellClockOffset, type WorkerSession } from '#platform/lanes/index.ts';
import type { Logger } from '#platform/log/index.ts';
import type { Metrics } from '#platform/metrics/index.ts';
import type { Health } from './health.ts';

const SYNC_MS = 5_000;
/** From here on a machine whose clock differs from the database's is told of. */
const OFF_MS = 1_000;
/** And from here on it is right again. */
const RIGHT_MS = 750;
/** Every process sees a step, within one look of each other, and about as large. */
const SAME_STEP = { within_ms: 3 * SYNC_MS, by_ms: 1_000 };
/** Keys of clocks that are off: before the name of a host. */
export const CLOCK_OFF = 'clock_off:';

export interface ClockWatchOptions {
  database: Database;
  session: Pick<WorkerSession, 'worker'>;
  health: Health;
  metrics: Metrics;
  log: Logger;
  /** This machine's clock, ms since 1970. */
  nodeNow?: () => number;
  host?: string;
}

const inSeconds = (ms: number) => `${Math.abs(Math.round(ms / 1_000))} s`;
const direction = (ms: number) => (ms > 0 ? 'ahead' : 'back');

/**
 * Watches the clock that decides: a step of it, and how far this machine's own is off, are logged, counted, shown by
 * `/readyz` and raised as alerts. Nothing fires early or twice by either. `look` resolves when it is told.
 */
export function createClockWatch(options: ClockWatchOptions): { look(): Promise<void> } {
  const { database, session, health, metrics, log, nodeNow = Date.now, host = hostname() } = options;
  const part = health.watch('clock');
  const steps = metrics.counter({
    name: 'clock_steps_total',
    help: "Steps of the database's clock of over a second",
  });
  const offset = metrics.gauge({
    name: 'clock_offset_seconds',
    help: "This machine's clock less the database's",
  });
  const clock = createClock(async () => await appNow(database.system));
  /** What was seen and could not be told yet, ms. */
  let untold: number[] = [];
  let wasOff: boolean | undefined;
  part.alive();

  async function tellSteps(): Promise<void> {
    for (const step_ms of untold) {
      const alert = {
        key: 'clock_stepped',
        user_id: null,
        level: 'warning',
        code: 'clock_stepped',
        message: `The database's clock was set ${inSeconds(step_ms)} ${direction(step_ms)}`,
        metadata: { step_ms },
      } as const;
      const isSame = (metadata: unknown) =>
        Math.abs((metadata as { step_ms: number }).step_ms - step_ms) < SAME_STEP.by_ms;
      await database.asSystem(
        async (tx) => await tellPassing(tx, alert, { withinMs: SAME_STEP.within_ms, isSame }),
      );
      untold = untold.slice(1);
    }
  }

  async function tellOffset(offset_ms: number): Promise<boolean> {
    const isOff = Math.abs(offset_ms) > (wasOff === true ? RIGHT_MS : OFF_MS);
    if (isOff === wasOff) return isOff;
    const key = CLOCK_OFF + host;
    if (!isOff) {
      await database.asSystem(async (tx) => await clearAlert(tx, key));
    } else {
      log.warn({ offset_ms }, "this machine's clock differs from the database's");
      const message = `The clock of ${host} is ${inSeconds(offset_ms)} ${offset_ms > 0 ? 'ahead of' : 'behind'} the database's`;
      const alert = { key, user_id: null, level: 'warning', code: 'clock_off', message } as const;
      const metadata = { host, offset_ms };
      await database.asSystem(async (tx) => await raiseAlert(tx, { ...alert, metadata }));
    }
    wasOff = isOff;
    return isOff;
  }

  return {
    look: async () => {
      const { step_ms } = await clock.sync();
      if (step_ms !== 0) {
        steps.inc();
        log.warn({ step_ms }, "the database's clock was set");
        untold.push(step_ms);
      }
      const offset_ms = Math.round(nodeNow() - clock.now().getTime());
      offset.set(offset_ms / 1_000);
      const isOff = Math.abs(offset_ms) > OFF_MS;
      part.alive(isOff ? `this machine's clock is off by ${Math.round(offset_ms / 1_000)} s` : undefined);
      await tellSteps();
      await tellOffset(offset_ms);
      await tellClockOffset(database.system, session.worker, offset_ms);
    },
  };
}

/** The same every five seconds. Returns the way to end it. */
export function watchClock(options: ClockWatchOptions): () => void {
  const watch = createClockWatch(options);
  let isLooking = false;
  const run = () => {
    if (isLooking) return;
    isLooking = true;
    watch
      .look()
      // PostgreSQL being away is told by the part that watches it.
      .catch((error: unknown) => options.log.debug({ err: error }, 'the clock could not be read'))
      .finally(() => (isLooking = false));
  };
  run();
  const timer = setInterval(run, SYNC_MS);
  return () => clearInterval(timer);
}
