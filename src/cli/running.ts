import { setTimeout as delay } from 'node:timers/promises';
import type { RunningProcess } from '#app/run-files.ts';
import { AppError } from '#platform/errors/index.ts';
import { findProcess } from '#platform/postgres/processes.ts';
import { note } from './output.ts';

const POLL_MS = 50;
const TELL_EVERY_MS = 5_000;

/** `process 123 (api, scheduler)`. */
export function described({ pid, services }: RunningProcess): string {
  return `process ${pid} (${services.join(', ')})`;
}

/**
 * Asks the processes to end, the last started first: the first one is who runs the embedded PostgreSQL. Waits until
 * they have, and says so meanwhile. Throws when one has not after `limitMs` in all.
 */
export async function stopProcesses(processes: readonly RunningProcess[], limitMs: number): Promise<void> {
  const begun = performance.now();
  for (const target of processes.toReversed()) {
    const before = await findProcess(target.pid);
    if (!before) continue;
    terminate(target);
    let toldAt = performance.now();
    for (;;) {
      // A number that was given to a new process is not ours any more.
      const now = await findProcess(target.pid);
      if (now?.started !== before.started) break;
      const elapsed = performance.now() - begun;
      if (elapsed > limitMs) throw stillRuns(target, limitMs);
      if (performance.now() - toldAt > TELL_EVERY_MS) {
        toldAt = performance.now();
        note(`waiting for ${described(target)} to stop, ${Math.round(elapsed / 1_000)} s`);
      }
      await delay(POLL_MS);
    }
  }
}

function terminate(target: RunningProcess): void {
  try {
    process.kill(target.pid, 'SIGTERM');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ESRCH') return;
    throw new AppError({
      code: 'cli.cannot_stop',
      kind: 'forbidden',
      message: `${described(target)} belongs to another user: stop it as that one`,
      cause: error,
    });
  }
}

function stillRuns(target: RunningProcess, limitMs: number): AppError {
  return new AppError({
    code: 'cli.still_running',
    kind: 'unavailable',
    message: `${described(target)} did not stop within ${limitMs / 1_000} s; kill -9 ${target.pid} ends it, and nothing is lost by that`,
  });
}
