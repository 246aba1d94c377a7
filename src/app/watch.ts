import { clearAlert, countAlerts, raiseAlert, selectFacts, type Facts } from '#features/alerts/index.ts';
import type { Database } from '#platform/db/index.ts';
import type { Logger } from '#platform/log/index.ts';
import type { Metrics } from '#platform/metrics/index.ts';
import { createSettling, schedulerState, type SchedulerState } from './scheduler-state.ts';
import { CLOCK_OFF } from './watch-clock.ts';

/** What a look has found. */
export interface Seen {
  processes: Facts['processes'];
  scheduler: SchedulerState;
  /** Whether nothing fires, and has not for longer than a moment. */
  isStalled: boolean;
}

export interface Watch {
  /** Looks now; undefined when PostgreSQL does not answer within two seconds. */
  look(): Promise<Seen | undefined>;
  stop(): Promise<void>;
}

const LOOK_MS = 2_000;
/** What is in doubt is looked at again sooner. */
const DOUBT_MS = 500;
const ANSWER_MS = 2_000;
/** A question that hangs for longer is asked anew: its connection may be dead. */
const HANGING_MS = 10_000;
const STALLED = 'scheduler_stalled';

export interface WatchOptions {
  database: Database;
  metrics: Metrics;
  log: Logger;
  /** How often it looks by itself, ms. */
  everyMs?: number;
  /** Milliseconds that never go back. */
  now?: () => number;
}

/**
 * Watches from every process whether anything fires, since the one that should may be frozen: what it finds it shows in
 * `/readyz` and the metrics, and whoever sees it first raises the alert, and clears it.
 */
export function startWatch(options: WatchOptions): Watch {
  const { database, metrics, log, everyMs = LOOK_MS, now = () => performance.now() } = options;
  const settling = createSettling(now);
  const alerts = countAlerts(metrics);
  const lag = metrics.gauge({
    name: 'due_lag_seconds',
    help: 'How long ago the first due row should have fired; 0 when none is due',
  });
  const beatAge = metrics.gauge({
    name: 'scheduler_beat_age_seconds',
    help: 'Since a scheduler that is alive gave a sign of life; +Inf when there is none',
  });
  const stalled = metrics.gauge({ name: 'scheduler_stalled', help: '1 when nothing fires, else 0' });
  let asked: { at: number; answer: Promise<Seen & Pick<Facts, 'open'>> } | undefined;

  async function ask(): Promise<Seen & Pick<Facts, 'open'>> {
    const { processes, lag_ms, open, counts } = await selectFacts(database.system);
    const scheduler = schedulerState({ processes, lag_ms });
    const isStalled = settling.saw(scheduler.state === 'stalled') === true;
    lag.set(scheduler.lag_ms / 1_000);
    beatAge.set(scheduler.beat_age_ms / 1_000);
    stalled.set(Number(isStalled));
    alerts.setOpen(counts);
    return { processes, scheduler, isStalled, open };
  }

  /** One question at a time, whoever asks: one that hangs takes no more than its connection. */
  async function look(): Promise<(Seen & Pick<Facts, 'open'>) | undefined> {
    if (!asked || now() - asked.at > HANGING_MS) {
      const answer = ask().finally(() => {
        if (asked?.answer === answer) asked = undefined;
      });
      asked = { at: now(), answer };
    }
    const late = Promise.withResolvers<undefined>();
    const timer = setTimeout(late.resolve, ANSWER_MS, undefined);
    // PostgreSQL being away is told by the part that watches it.
    const answer = asked.answer.catch((error: unknown) => {
      log.debug({ err: error }, 'the watch is blind');
      return undefined;
    });
    return await Promise.race([answer, late.promise]).finally(() => clearTimeout(timer));
  }

  async function tell({ scheduler, isStalled, open, processes }: Seen & Pick<Facts, 'open'>): Promise<void> {
    const { state, detail = '', lag_ms, beat_age_ms } = scheduler;
    const isOpen = open.includes(STALLED);
    if (isStalled && state === 'stalled' && !isOpen) {
      const message = `Nothing fires just now: scheduler: ${detail}`;
      const metadata = {
        lag_ms: Math.round(lag_ms),
        beat_age_ms: Number.isFinite(beat_age_ms) ? Math.round(beat_age_ms) : null,
      };
      const alert = {
        key: STALLED,
        user_id: null,
        level: 'error',
        code: STALLED,
        message,
        metadata,
      } as const;
      const id = await database.asSystem(async (tx) => await raiseAlert(tx, alert));
      if (id !== undefined) log.error(metadata, message);
    }
    const isOver = state !== 'stalled' && !isStalled && !settling.inDoubt();
    const over = open.filter((key) => (key === STALLED ? isOver : isOfGoneHost(key, processes)));
    if (over.length === 0) return;
    await database.asSystem(async (tx) => await clearAlert(tx, ...over));
    log.info({ alerts: over }, 'right again');
  }

  let stopped = false;
  let timer: NodeJS.Timeout;
  let running = Promise.resolve();
  async function run(): Promise<void> {
    try {
      const seen = await look();
      if (seen && !stopped) await tell(seen);
    } catch (error) {
      // Seen again by the next look.
      log.warn({ err: error }, 'an alert could not be told');
    }
    if (!stopped) schedule(settling.inDoubt() ? Math.min(DOUBT_MS, everyMs) : everyMs);
  }
  function schedule(ms: number): void {
    timer = setTimeout(() => {
      running = run();
    }, ms);
  }
  schedule(everyMs);

  return {
    look,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
      alerts.close();
    },
  };
}

/** A host that has left takes the state of its clock along. */
function isOfGoneHost(key: string, processes: Facts['processes']): boolean {
  return key.startsWith(CLOCK_OFF) && !processes.some(({ host }) => key === CLOCK_OFF + host);
}
