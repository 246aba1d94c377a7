import { queryOptions } from '@tanstack/react-query';
import { Unreachable } from '#web/lib/problem.ts';

/** What `/readyz` says of the process that answers, and which processes there are. */
export interface Readiness {
  status: 'ready' | 'not_ready';
  parts: Record<string, { ok: boolean; detail?: string }>;
  processes: { host: string; pid: number; services: string[]; since: string }[];
}

const LOOK_AGAIN_MS = 4_000;

/** Not of the API: 503 is an answer here, not a refusal. */
async function read<T>(path: string, signal: AbortSignal): Promise<T> {
  const response = await fetch(path, { signal, headers: { accept: 'application/json' } }).catch(
    (error: unknown) => {
      if (signal.aborted) throw error;
      throw new Unreachable('Famulus does not answer', { cause: error });
    },
  );
  return (await response.json()) as T;
}

export const readinessQuery = queryOptions({
  queryKey: ['health', 'ready'],
  queryFn: async ({ signal }) => await read<Readiness>('/readyz', signal),
  staleTime: 0,
  refetchInterval: LOOK_AGAIN_MS,
  retry: false,
});

export const versionQuery = queryOptions({
  queryKey: ['health', 'version'],
  queryFn: async ({ signal }) => await read<{ version: string }>('/healthz', signal),
});
