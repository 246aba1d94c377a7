import type { FeatureContext } from '#platform/feature/index.ts';
import { messageOf } from '#platform/errors/index.ts';
import type { Models } from '../registry.ts';
import { loadLive } from './load-live.ts';

/** Keeps this process's models as they are set. */
export interface LiveModels {
  /** Reads what is set now; resolves when it is in force here. */
  refresh(): Promise<void>;
}

/** From the first `refresh` on, every change is heard of by the signal `settings`. */
export function followLive(context: FeatureContext, models: Pick<Models, 'apply'>): LiveModels {
  const { log, signals } = context;
  let running: Promise<void> | undefined;
  let again = false;

  async function read(): Promise<void> {
    do {
      again = false;
      const live = await loadLive(context, (provider, error) =>
        log.error({ provider, problem: messageOf(error) }, 'the key of a provider can not be read'),
      );
      models.apply(live);
    } while (again);
  }

  async function refresh(): Promise<void> {
    // One that is reading may have read before the change.
    again = true;
    running ??= read().finally(() => (running = undefined));
    await running;
  }

  const onSignal = () => {
    refresh().catch((error: unknown) => log.warn({ err: error }, 'settings of models could not be read'));
  };
  // The empty topic: hints may have been missed.
  signals.subscribe('settings', onSignal);
  signals.subscribe('', onSignal);
  return { refresh };
}
