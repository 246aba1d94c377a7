import { clearAlert, raiseAlert } from '#features/alerts/index.ts';
import type { Database } from '#platform/db/index.ts';
import type { Logger } from '#platform/log/index.ts';
import type { HealthListener } from './health.ts';

/** An alert that another process raised may be open: who gets answers looks this often. */
const LOOK_MS = 300_000;

export const ALERT = 'provider_down';
const alertKey = (provider: string) => `${ALERT}:${provider}`;

/** Raises an alert when a provider goes down and clears it when it answers, in whatever process. */
export function alertHealth({ database, log }: { database: Database; log: Logger }): HealthListener {
  const looked = new Map<string, number>();
  return (provider, change, { error, since }) => {
    const at = performance.now();
    if (change === 'answered' && at - (looked.get(provider) ?? -Infinity) < LOOK_MS) return;
    looked.set(provider, at);
    const told = database.asSystem(async (tx) => {
      if (change !== 'opened') return await clearAlert(tx, alertKey(provider));
      return await raiseAlert(tx, {
        key: alertKey(provider),
        user_id: null,
        level: 'warning',
        code: ALERT,
        message: `The models of “${provider}” do not answer; the next model takes their turns. Last: ${error}`,
        subject: `provider:${provider}`,
        metadata: { provider, error, since: since?.toISOString() ?? null },
      });
    });
    told.catch((cause: unknown) => log.warn({ err: cause, provider }, 'an alert could not be written'));
    if (change === 'opened')
      log.warn({ provider, problem: error }, 'a provider of models is left alone for a while');
  };
}
