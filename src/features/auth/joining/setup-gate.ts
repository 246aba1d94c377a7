import type { Database } from '#platform/db/index.ts';
import type { Signals } from '#platform/events/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { hasAdmin } from './queries/links.ts';

/** How long "nobody" is believed: an admin made by a command is heard of by no signal. */
const BELIEVED_MS = 500;

/** What answers before there is an admin: what setup is done with, and who asks whether the process lives. */
const openPaths = new Set([
  '/api/setup',
  '/api/setup/check',
  '/api/setup/passkey-options',
  '/api/auth/options',
  '/setup',
  '/healthz',
  '/readyz',
]);

/**
 * Makes the check that lets nothing but setup and health through until an admin exists, for a program that listens to
 * more than its own machine. Once there is one it costs nothing.
 * @throws AppError 503 `setup.required`
 */
export function createSetupGate({
  database,
  signals,
  clock = () => performance.now(),
}: {
  database: Pick<Database, 'system'>;
  signals: Signals;
  /** Milliseconds that only grow. */
  clock?: () => number;
}): (path: string) => void | Promise<void> {
  let isOpen = false;
  let askedAt = -Infinity;
  let asked: Promise<boolean> = Promise.resolve(false);
  const unsubscribe = signals.subscribe('access', () => (askedAt = -Infinity));

  async function look(): Promise<boolean> {
    const found = await hasAdmin(database.system);
    if (found && !isOpen) {
      isOpen = true;
      unsubscribe();
    }
    return found;
  }

  async function check(): Promise<void> {
    if (clock() - askedAt >= BELIEVED_MS) {
      askedAt = clock();
      asked = look();
    }
    if (await asked) return;
    throw new AppError({
      code: 'setup.required',
      kind: 'unavailable',
      message: 'nobody has set this installation up yet: open the link that ./manage start has printed',
    });
  }

  return (path) => (isOpen || openPaths.has(path) ? undefined : check());
}
