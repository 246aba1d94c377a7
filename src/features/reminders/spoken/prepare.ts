import { askModel, type TurnModels } from '#features/conversations/index.ts';
import type { Database } from '#platform/db/index.ts';
import type { Signals } from '#platform/events/signals.ts';
import { messageOf } from '#platform/errors/index.ts';
import type { Logger } from '#platform/log/index.ts';
import {
  claimWording,
  hasOwnModels,
  selectComing,
  storeWording,
  type ComingReminder,
} from '../queries/wordings.ts';
import { wordingOf, wordingRequest } from './wording.ts';

/** So long before a reminder comes is it worded, and not where less is left. */
const EARLIEST_MS = 60_000;
const LATEST_MS = 3_000;
/** How often what comes is looked at, where there is a model at all. */
const PASS_MS = 5_000;
/** How often it is asked whether there is one. */
const LOOK_FOR_MODELS_MS = 60_000;
/** Instants looked at in one pass, whatever comes. */
const SCANNED = 1_000;
/** Wordings under way at once, and waiting; what is beyond goes out in plain words. */
const AT_ONCE = 4;
const WAITING = 400;
const MAX_OUTPUT_TOKENS = 2_000;

export interface WordingDeps {
  database: Database;
  signals: Signals;
  models: TurnModels;
  log: Logger;
}

/** The first model of an assistant's that may be asked. */
function modelFor({ model, fallback_models }: ComingReminder, models: TurnModels): string | undefined {
  return [model ?? models.default_model, ...fallback_models].find(
    (name) => name !== models.last_resort && models.health.mayTry(name),
  );
}

/**
 * Words one coming reminder, with one request to a model, and keeps it. Never throws: without a wording the reminder says
 * its own text.
 */
export async function wordReminder(
  { database, models, log }: Omit<WordingDeps, 'signals'>,
  coming: ComingReminder,
  signal: AbortSignal,
): Promise<void> {
  const model = modelFor(coming, models);
  if (model === undefined) return;
  const { reminder_id, user_id, assistant_id, fire_at } = coming;
  try {
    const claimed = await database.asUser(user_id, async (tx) => await claimWording(tx.db, coming));
    if (!claimed) return;
    const said = await askModel(
      { database, models },
      {
        user_id,
        assistant_id,
        subject: `reminder:${reminder_id}`,
        model,
        ...wordingRequest({ ...claimed, fire_at }),
        max_output_tokens: MAX_OUTPUT_TOKENS,
        signal,
      },
    );
    const wording = wordingOf(said, claimed.text);
    if (wording === undefined) return;
    await database.asUser(user_id, async (tx) => await storeWording(tx.db, coming, wording));
  } catch (error) {
    log.debug({ err: error, reminder_id, model }, `a reminder was not worded: ${messageOf(error)}`);
  }
}

/**
 * Words what comes within a minute, so that it is ready at its time. Nothing waits for it: firing knows nothing of it, and
 * what is said in the thread is what is there by then. Costs nothing where no assistant has a model; elsewhere an index read
 * every few seconds. Returns the way to end it.
 */
export function startWording({ database, signals, models, log }: WordingDeps): () => Promise<void> {
  const ended = new AbortController();
  const queue: (ComingReminder & { at: number })[] = [];
  const running = new Set<Promise<void>>();
  let scannedTo: Date | undefined;
  let hasModels = false;
  let lookedAt = -Infinity;
  // What is set anew may come before what was looked at last.
  const unsubscribe = signals.subscribe('due', () => (scannedTo = undefined));

  async function mayWord(): Promise<boolean> {
    if (models.default_model !== models.last_resort) return true;
    if (performance.now() - lookedAt > LOOK_FOR_MODELS_MS) {
      lookedAt = performance.now();
      hasModels = await hasOwnModels(database.system, models.last_resort);
    }
    return hasModels;
  }

  function work(): void {
    while (running.size < AT_ONCE && queue.length > 0 && !ended.signal.aborted) {
      const coming = queue.shift()!;
      const left = coming.at - performance.now();
      if (left < LATEST_MS) continue;
      const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(Math.ceil(left))]);
      const one = wordReminder({ database, models, log }, coming, signal).finally(() => {
        running.delete(one);
        work();
      });
      running.add(one);
    }
  }

  async function pass(): Promise<void> {
    if (!(await mayWord())) return;
    const after = scannedTo;
    const window = { least_ms: LATEST_MS, most_ms: EARLIEST_MS, after, limit: SCANNED };
    const { default_model, last_resort } = models;
    const found = await selectComing(database.system, { ...window, default_model, last_resort });
    // Unless something was set meanwhile.
    if (scannedTo === after) scannedTo = found.scanned_to ?? after;
    const known = new Set(queue.map(({ reminder_id }) => reminder_id));
    for (const coming of found.coming) {
      if (queue.length >= WAITING) break;
      if (!known.has(coming.reminder_id)) queue.push({ ...coming, at: performance.now() + coming.ms_left });
    }
    work();
  }

  let passing: Promise<void> | undefined;
  const timer = setInterval(() => {
    passing ??= pass()
      .catch((error: unknown) => log.warn({ err: error }, 'reminders that come could not be looked at'))
      .finally(() => (passing = undefined));
  }, PASS_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    unsubscribe();
    ended.abort();
    await passing;
    await Promise.all(running);
  };
}
