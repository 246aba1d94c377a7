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

interface ClockWatch {
  database: Database;
  session: WorkerSession;
  health: Health;
  metrics: Metrics;
  log: Logger;
}

/**
 * Watches the clock that decides: a step of it, and how far this machine's own is off, are logged, counted and shown
 * by `/readyz`. Nothing fires early or twice by either. Returns the way to end it.
 */
export function watchClock({ database, session, health, metrics, log }: ClockWatch): () => void {
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
  let wasOff = false;

  async function look(): Promise<void> {
    const { step_ms } = await clock.sync();
    if (step_ms !== 0) {
      steps.inc();
      log.warn({ step_ms }, "the database's clock was set");
    }
    const offset_ms = Date.now() - clock.now().getTime();
    const isOff = Math.abs(offset_ms) > OFF_MS;
    if (isOff && !wasOff) log.warn({ offset_ms }, "this machine's clock differs from the database's");
    wasOff = isOff;
    offset.set(offset_ms / 1_000);
    part.alive(isOff ? `this machine's clock is off by ${Math.round(offset_ms / 1_000)} s` : undefined);
    await tellClockOffset(database.system, session.worker, Math.round(offset_ms));
  }

  const run = () => {
    // PostgreSQL being away is told by the part that watches it.
    look().catch((error: unknown) => log.debug({ err: error }, 'the clock could not be read'));
  };
  part.alive();
  run();
  const timer = setInterval(run, SYNC_MS);
  return () => clearInterval(timer);
}
