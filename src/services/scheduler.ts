import { createFire, refreshIfNewer } from '#features/schedules/index.ts';
import { startScheduler } from '#platform/due/index.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLaneService, type LaneRuntime } from './lane-service.ts';
import { createBeat } from './scheduler-beat.ts';
import type { Stop } from './service.ts';
import { watchStuckRows } from './stuck-rows.ts';
import type { Runtime } from '#app/runtime.ts';
import { startHousekeeping } from '#app/housekeeping.ts';

/** Silence of the scheduler's loop after which the process is not ready; it looks at least once a second. */
const MAX_SILENCE_MS = 6_000;

/** What of a process the scheduler works with. */
export type SchedulerRuntime = LaneRuntime & Pick<Runtime, 'metrics'>;

/** Fires what is due, does what the program has set for itself, and once an hour removes what is past its age. */
export async function startSchedulerService(runtime: SchedulerRuntime): Promise<Stop> {
  const { database, signals, session, features, health, metrics, log } = runtime;
  const part = health.watch('scheduler', MAX_SILENCE_MS);
  const fired = metrics.counter({ name: 'occurrences_fired_total', help: 'Schedules fired' });
  const passes = metrics.histogram({
    name: 'scheduler_pass_seconds',
    help: 'Time to fire one batch that was not empty',
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
  });
  const beat = createBeat(session.beat);
  const stuck = watchStuckRows({ database, log });
  const scheduler = startScheduler({
    database,
    signals,
    fire: createFire(features.scheduleKinds),
    onPass: (count, ms) => {
      part.alive();
      beat(count > 0);
      if (count === 0) return;
      fired.inc(count);
      passes.observe(ms / 1000);
    },
    onError: (error, row) => {
      const message = row ? 'a schedule could not fire' : 'the scheduler failed';
      log.error({ err: error, schedule_id: row?.schedule_id }, message);
      if (!row) return;
      // Its loop turns, however many there are.
      part.alive();
      beat(false);
      stuck.add(row);
    },
  });
  const stopOwnWork = startLaneService(runtime, { name: 'upkeep', scopes: ['system'], concurrency: 1 });
  const refreshing = refreshIfNewer(database).then(
    (moved) => moved !== undefined && log.info({ moved }, 'the rules of time zones are newer'),
    (error: unknown) =>
      log.error({ err: error }, 'what waits could not be computed by newer rules of time zones'),
  );
  const stopHousekeeping = startHousekeeping({ database, features, log });
  return async (deadlineMs) => {
    stopHousekeeping();
    await Promise.all([scheduler.stop(), stopOwnWork(deadlineMs)]);
    await Promise.race([refreshing, sleep(deadlineMs, undefined, { ref: false })]);
    await stuck.stop();
  };
}
