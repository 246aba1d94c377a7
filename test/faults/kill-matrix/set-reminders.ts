import { setTimeout as sleep } from 'node:timers/promises';

import type { Lives } from './lives.ts';

/** Set this far ahead of the kills, and at least so many a second, so that something is due at every moment. */
const AHEAD = 60;
const LEAST_A_SECOND = 3;
const AT_ONCE = 4;

/** Sets so many reminders, spread over the kills, and more until these are over. `share` of them are done: 0 to 1. */
export async function setReminders(lives: Lives, total: number, share: () => number): Promise<void> {
  const begun = performance.now();
  for (let set = 0; share() < 1 || set < total;) {
    const byKills = Math.min(share() * total + AHEAD, total);
    const bySeconds = ((performance.now() - begun) / 1_000) * LEAST_A_SECOND;
    if (set >= Math.max(byKills, bySeconds)) {
      await sleep(20);
      continue;
    }
    await Promise.all(Array.from({ length: AT_ONCE }, async () => await lives.begin()));
    set += AT_ONCE;
  }
}
