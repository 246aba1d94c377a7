import type { Database, JsonValue } from '#platform/db/index.ts';
import { eventRange, eventsAfter } from './queries.ts';
import type { Signals } from './signals.ts';

/** An event on its way to a client. `seq` is null for what is not stored: text deltas and a reset. */
export interface LiveEvent {
  seq: number | null;
  type: string;
  subject: string | null;
  at: Date;
  payload: JsonValue;
}

export interface FollowOptions {
  database: Database;
  signals: Signals;
  userId: string;
  /** Replays what came after this seq; undefined: from now on. */
  after: number | undefined;
  /** Only events of this subject. */
  subject: string | undefined;
  signal: AbortSignal;
  /** Takes one event; a promise holds the next one back. */
  send: (event: LiveEvent) => Promise<void> | void;
  /** Called once the stream is positioned: everything committed from here on will be sent. */
  onReady?: () => void;
}

const BATCH = 500;
/** Hints may be lost. */
const POLL_MS = 1_000;

/** A cursor that is older than what is kept, or from another time line, cannot be served: the client starts over. */
function isLost(after: number, range: { first: number; last: number }): boolean {
  return after > range.last || after < range.first - 1;
}

/** Sends a user's events in order, first those after the cursor, then as they are committed, until aborted. */
export async function followEvents(options: FollowOptions): Promise<void> {
  const { database, signals, userId, subject, signal, send } = options;
  let woken = true;
  let wakeUp: (() => void) | undefined;
  // Deltas are sent between batches, in the order they came.
  const deltas: string[] = [];
  const wake = () => {
    woken = true;
    wakeUp?.();
  };
  const unsubscribes = [
    signals.subscribe(`user:${userId}`, wake),
    signals.subscribe(`delta:${userId}`, (data) => {
      if (data !== undefined) deltas.push(data);
      wakeUp?.();
    }),
  ];
  signal.addEventListener('abort', wake);

  async function sendDeltas(): Promise<void> {
    for (const data of deltas.splice(0)) {
      const payload = JSON.parse(data) as { message_id: string };
      const of = `message:${payload.message_id}`;
      if (subject !== undefined && subject !== of) continue;
      await send({ seq: null, type: 'message.delta', subject: of, at: new Date(), payload });
    }
  }

  try {
    const range = await database.asUser(userId, async (tx) => await eventRange(tx.db, userId));
    let cursor = options.after ?? range.last;
    if (options.after !== undefined && isLost(options.after, range)) {
      cursor = range.last;
      await send({ seq: null, type: 'stream.reset', subject: null, at: new Date(), payload: { last_seq: range.last } });
    }
    options.onReady?.();
    while (!signal.aborted) {
      if (woken) {
        woken = false;
        const from = cursor;
        const events = await database.asUser(userId, async (tx) => await eventsAfter(tx.db, userId, from, BATCH));
        for (const event of events) {
          cursor = event.seq;
          if (subject === undefined || event.subject === subject) await send(event);
        }
        if (events.length === BATCH) woken = true;
      }
      await sendDeltas();
      if (!woken && deltas.length === 0 && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(wake, POLL_MS);
          wakeUp = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wakeUp = undefined;
      }
    }
  } finally {
    for (const unsubscribe of unsubscribes) unsubscribe();
    signal.removeEventListener('abort', wake);
  }
}
