import { setTimeout as delay } from 'node:timers/promises';
import type { Api } from './api.ts';
import type { Conversation } from './conversation.ts';

/** Silence after which nothing more is expected. */
const QUIET_MS = 2_000;
/** What is due within this is waited for. */
const SOON_MS = 20_000;
const LONGEST_MS = 60_000;
const POLL_MS = 100;

/** Stays until nothing was shown for a moment and nothing is due soon; a minute at the most. */
export async function linger(
  api: Pick<Api, 'call'>,
  conversation: Pick<Conversation, 'shownAt'>,
  signal: AbortSignal,
): Promise<void> {
  const deadline = performance.now() + LONGEST_MS;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let until = 0;
  while (!signal.aborted) {
    const shownAt = conversation.shownAt();
    if (shownAt > lookedAt) {
      lookedAt = performance.now();
      const due = await nextDue(api);
      until = due === undefined ? 0 : lookedAt + due + QUIET_MS;
    }
    if (performance.now() > Math.min(Math.max(until, shownAt + QUIET_MS), deadline)) return;
    await delay(POLL_MS, undefined, { signal }).catch(() => {});
  }
}

/** Milliseconds until something of the user's fires, if that is soon. */
async function nextDue(api: Pick<Api, 'call'>): Promise<number | undefined> {
  const path = '/api/schedules?limit=1';
  const { items } = await api.call<{ items: { next_fire_at: string }[] }>('GET', path);
  const [next] = items;
  if (!next) return undefined;
  const due = Date.parse(next.next_fire_at) - Date.now();
  return due <= SOON_MS ? Math.max(0, due) : undefined;
}
