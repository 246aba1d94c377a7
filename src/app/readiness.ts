import type { PartHealth } from './health.ts';
import type { Runtime } from './runtime.ts';
import type { Seen } from './watch.ts';

/** What `/readyz` answers. */
export interface Readiness {
  status: 'ready' | 'not_ready';
  /** This process's own: they decide. */
  parts: Record<string, PartHealth>;
  /** How services are, whichever processes run them. */
  services: Record<string, PartHealth>;
  /** All that are alive, this one included. */
  processes: { host: string; pid: number; services: string[]; since: string }[];
}

function schedulerHealth({ scheduler: { state, detail }, isStalled }: Seen): PartHealth {
  const ok = !isStalled && state !== 'absent';
  if (detail !== undefined) return { ok, detail };
  return ok ? { ok } : { ok, detail: 'at work again just now' };
}

/** Ready is when every part of this process works and the database answers, which the watch's question proves. */
export async function readiness({ health, watch }: Pick<Runtime, 'health' | 'watch'>): Promise<Readiness> {
  const seen = await watch.look();
  const parts = health.parts();
  const services: Readiness['services'] = {};
  if (seen) {
    const scheduler = schedulerHealth(seen);
    services['scheduler'] = scheduler;
    // Its loop may well turn, and nothing fire all the same.
    if (parts['scheduler']?.ok && seen.scheduler.state !== 'absent') parts['scheduler'] = scheduler;
  } else {
    parts['postgres'] = { ok: false, detail: 'does not answer' };
  }
  const ok = Object.values(parts).every((part) => part.ok);
  const processes = seen?.processes ?? [];
  return {
    status: ok ? 'ready' : 'not_ready',
    parts,
    services,
    processes: processes.map(({ host, pid, services: runs, since }) => ({
      host,
      pid,
      services: runs,
      since,
    })),
  };
}
