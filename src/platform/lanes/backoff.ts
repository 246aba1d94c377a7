const BASE_MS = 500;
const MAX_MS = 5 * 60_000;

/** Wait before the next start after `attempt` failed ones: doubling from 0.5 s to 5 min, ± 20 %. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const wait = Math.min(MAX_MS, BASE_MS * 2 ** (attempt - 1));
  return Math.round(wait * (0.8 + 0.4 * random()));
}
