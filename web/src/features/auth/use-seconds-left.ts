import { useNow } from '#web/lib/now.ts';
import { Problem } from '#web/lib/problem.ts';

/** Seconds until what was refused with a 429 may be tried again; 0 when it may. `at`: when it was asked, in ms. */
export function useSecondsLeft(error: unknown, at: number): number {
  const wait = error instanceof Problem && error.status === 429 ? (error.retryAfter ?? 0) : 0;
  const now = useNow(wait > 0 ? 1_000 : 3_600_000);
  return wait > 0 ? Math.max(0, Math.ceil((at + wait * 1_000 - now) / 1_000)) : 0;
}
