import type { Readiness } from '#app/readiness.ts';

const TIMEOUT_MS = 5_000;

/** What the process at this address says of itself; undefined when it does not answer. */
export async function readinessOf(url: string): Promise<Readiness | undefined> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return (await response.json()) as Readiness;
  } catch {
    return undefined;
  }
}
