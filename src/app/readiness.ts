import { liveWorkers } from '#platform/lanes/index.ts';
import type { PartHealth } from './health.ts';
import type { Runtime } from './runtime.ts';

/** What `/readyz` answers. `parts` are this process's own; `processes` are all that are alive, this one included. */
export interface Readiness {
  status: 'ready' | 'not_ready';
  parts: Record<string, PartHealth>;
  processes: { host: string; pid: number; services: string[]; since: string }[];
}

const PROBE_MS = 2_000;

/** Asks PostgreSQL who is alive, within two seconds: the same question proves that the database answers. */
async function liveProcesses({ database }: Runtime): Promise<Readiness['processes'] | undefined> {
  const asked = liveWorkers(database.system).catch(() => undefined);
  const late = new Promise<undefined>((resolve) => {
    setTimeout(resolve, PROBE_MS, undefined).unref();
  });
  const workers = await Promise.race([asked, late]);
  return workers?.map(({ host, pid, services, started_at }) => ({
    host,
    pid,
    services,
    since: started_at.toISOString(),
  }));
}

/** Ready is when every part of this process works and the database answers. */
export async function readiness(runtime: Runtime): Promise<Readiness> {
  const processes = await liveProcesses(runtime);
  const parts = runtime.health.parts();
  if (!processes) parts['postgres'] = { ok: false, detail: 'does not answer' };
  const ok = Object.values(parts).every((part) => part.ok);
  return { status: ok ? 'ready' : 'not_ready', parts, processes: processes ?? [] };
}
