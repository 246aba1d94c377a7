import { setTimeout as delay } from 'node:timers/promises';
import { familyOf } from './family.ts';

const POLL_MS = 50;
/** After SIGKILL a process is gone as soon as the kernel comes by. */
const KILLED_MS = 5_000;

export interface EndFamilyOptions {
  /** What every process of it bears in its environment, `NAME=value`. */
  mark: string;
  /** How long they may take to end after SIGTERM. */
  grace_ms: number;
}

/**
 * Ends a process that leads a group of its own, with all it has started: SIGTERM, a while to end, SIGKILL for what is left.
 * Returns whether SIGKILL was needed.
 */
export async function endFamily(leader: number, { mark, grace_ms }: EndFamilyOptions): Promise<boolean> {
  if (await signalUntilGone(leader, mark, 'SIGTERM', grace_ms)) return false;
  await signalUntilGone(leader, mark, 'SIGKILL', KILLED_MS);
  return true;
}

/** Once to each, those that are born meanwhile included. Returns whether all are gone in time. */
async function signalUntilGone(
  leader: number,
  mark: string,
  signal: NodeJS.Signals,
  within_ms: number,
): Promise<boolean> {
  const told = new Set<number>();
  const deadline = performance.now() + within_ms;
  for (;;) {
    const alive = await familyOf(leader, mark);
    if (alive.length === 0) return true;
    for (const pid of alive.filter((one) => !told.has(one))) {
      told.add(pid);
      send(pid, signal);
    }
    if (performance.now() >= deadline) return false;
    await delay(POLL_MS);
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone meanwhile.
  }
}
