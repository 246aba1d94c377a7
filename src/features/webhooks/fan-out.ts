import { isOutage, type Database } from '#platform/db/index.ts';
import type { Signals } from '#platform/events/signals.ts';
import { deliverItem, WEBHOOKS_TOPIC } from './lanes.ts';
import {
  BATCH,
  insertDeliveries,
  lastSeq,
  lockFollowers,
  moveOn,
  selectListening,
  selectToTell,
} from './queries/fan-out.ts';

/** Hints may be lost: how often is looked whether somebody is behind, while there are webhooks, and while there are none. */
const POLL_MS = 1_000;
const IDLE_POLL_MS = 5_000;

/**
 * Makes deliveries of what has happened since each of a user's webhooks was last asked about, and enqueues them, in one
 * transaction: nothing is left out and nothing told twice, whoever does it and however often. Returns whether there is
 * more.
 */
export async function fanOut(database: Database, userId: string): Promise<boolean> {
  return await database.asSystem(async (tx) => {
    const followers = await lockFollowers(tx.db, userId);
    if (followers.length === 0) return false;
    const last = await lastSeq(tx.db, userId);
    let more = false;
    for (const follower of followers) {
      if (follower.after_seq >= last) continue;
      const of = { user_id: userId, webhook_id: follower.webhook_id };
      const events = await selectToTell(tx.db, userId, follower, last);
      const ids = await insertDeliveries(tx.db, of, events);
      tx.enqueue(...ids.map((id) => deliverItem(of, id)));
      const isFull = events.length === BATCH;
      await moveOn(tx.db, follower.webhook_id, isFull ? events.at(-1)!.seq : last);
      more ||= isFull;
    }
    return more;
  });
}

export interface FanOutOptions {
  database: Database;
  signals: Signals;
  onError: (error: unknown) => void;
}

/**
 * Follows the events of users who have webhooks, woken by the hints of their commits. Users without one cost nothing.
 * Returns the way to stop; any number of processes may do it.
 */
export function startFanOut({ database, signals, onError }: FanOutOptions): () => Promise<void> {
  const followed = new Map<string, () => void>();
  const waiting = new Set<string>();
  let stopping = false;
  let isStale = true;
  let wakeUp = () => {};

  const note = (userId: string) => {
    waiting.add(userId);
    wakeUp();
  };
  const unsubscribe = signals.subscribe(WEBHOOKS_TOPIC, () => {
    isStale = true;
    wakeUp();
  });

  /** Whom to listen to, and who is behind: after a start, or where hints were lost. */
  async function look(): Promise<void> {
    isStale = false;
    const listening = await selectListening(database.system);
    const ids = new Set(listening.map(({ user_id }) => user_id));
    for (const [userId, stop] of followed) {
      if (ids.has(userId)) continue;
      stop();
      followed.delete(userId);
    }
    for (const { user_id, is_behind } of listening) {
      if (!followed.has(user_id))
        followed.set(
          user_id,
          signals.subscribe(`user:${user_id}`, () => note(user_id)),
        );
      if (is_behind) waiting.add(user_id);
    }
  }

  async function pass(): Promise<void> {
    if (isStale) await look();
    for (const userId of waiting) {
      if (stopping) return;
      waiting.delete(userId);
      try {
        if (await fanOut(database, userId)) waiting.add(userId);
      } catch (error) {
        waiting.add(userId);
        throw error;
      }
    }
  }

  async function pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        isStale = true;
        resolve();
      }, ms);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
      if (stopping || isStale || waiting.size > 0) wakeUp();
    });
    wakeUp = () => {};
  }

  async function loop(): Promise<void> {
    while (!stopping) {
      let failed = false;
      try {
        await pass();
      } catch (error) {
        failed = true;
        isStale = false;
        waiting.clear();
        if (!isOutage(error)) onError(error);
      }
      await pause(failed || followed.size > 0 ? POLL_MS : IDLE_POLL_MS);
    }
  }

  const looping = loop();
  return async () => {
    stopping = true;
    wakeUp();
    await looping;
    unsubscribe();
    for (const stop of followed.values()) stop();
  };
}
