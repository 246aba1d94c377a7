import { isOutage, type Database, type JsonValue } from '#platform/db/index.ts';
import { eventRange, eventsAfter, type StoredEvent } from './queries.ts';
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
  /** Where the stream begins, from `streamStart`. */
  start: StreamStart;
  /** Only events of this subject. */
  subject: string | undefined;
  signal: AbortSignal;
  /** Takes one event; a promise holds the next one back. */
  send: (event: LiveEvent) => Promise<void> | void;
}

export interface StreamStart {
  /** Everything committed after this seq will be sent. */
  cursor: number;
  /** The cursor asked for can't be served: the client starts over. */
  reset: boolean;
}

/** What a message's text comes before, when both wait to be sent. */
const endsText = new Set(['message.completed', 'message.failed', 'message.reset']);

function messageIdOf(payload: JsonValue): string | undefined {
  return (payload as { message_id?: string } | null)?.message_id;
}

const BATCH = 500;
/** Hints may be lost. */
const POLL_MS = 1_000;

/** A piece of text as it is written, as the topic `delta:<user id>` carries it. */
export interface Delta {
  thread_id: string;
  message_id: string;
  /** Where the piece begins in the message's text, in UTF-16 units. */
  offset: number;
  text: string;
}

/** A cursor that is older than what is kept, or from another time line, cannot be served: the client starts over. */
function isLost(after: number, range: { first: number; last: number }): boolean {
  return after > range.last || after < range.first - 1;
}

/**
 * Where a stream begins: after the seq given, without one after the last event there is. Settled before the client is
 * answered, so that whatever it does then is in the stream.
 */
export async function streamStart(
  database: Database,
  userId: string,
  after: number | undefined,
): Promise<StreamStart> {
  const range = await eventRange(database.readAs(userId), userId);
  if (after !== undefined && !isLost(after, range)) return { cursor: after, reset: false };
  return { cursor: range.last, reset: after !== undefined };
}

/**
 * Sends a user's events in order from the start of the stream, then as they are committed, until aborted. An outage of
 * the database is waited out.
 */
export async function followEvents(options: FollowOptions): Promise<void> {
  const { database, signals, userId, subject, signal, send } = options;
  let woken = true;
  let wakeUp: (() => void) | undefined;
  // Sent behind the events that were there when they came, but before the end of their message.
  let deltas: Delta[] = [];
  const wake = () => {
    woken = true;
    wakeUp?.();
  };
  const unsubscribes = [
    signals.subscribe(`user:${userId}`, wake),
    signals.subscribe(`delta:${userId}`, (data) => {
      if (data !== undefined) deltas.push(JSON.parse(data) as Delta);
      wakeUp?.();
    }),
  ];
  signal.addEventListener('abort', wake);

  async function sendDeltas(messageId?: string): Promise<void> {
    const now = deltas.filter(({ message_id }) => messageId === undefined || message_id === messageId);
    deltas = deltas.filter((delta) => !now.includes(delta));
    for (const { thread_id, ...payload } of now) {
      const of = `thread:${thread_id}`;
      if (subject !== undefined && subject !== of) continue;
      await send({ seq: null, type: 'message.delta', subject: of, at: new Date(), payload });
    }
  }

  async function look(after: number): Promise<StoredEvent[]> {
    try {
      return await eventsAfter(database.readAs(userId), userId, after, BATCH);
    } catch (error) {
      // Whoever listens need not notice: the next look is a poll away.
      if (isOutage(error)) return [];
      throw error;
    }
  }

  try {
    let { cursor } = options.start;
    if (options.start.reset) {
      await send({
        seq: null,
        type: 'stream.reset',
        subject: null,
        at: new Date(),
        payload: { last_seq: cursor },
      });
    }
    while (!signal.aborted) {
      if (woken) {
        woken = false;
        const events = await look(cursor);
        for (const event of events) {
          cursor = event.seq;
          if (endsText.has(event.type)) await sendDeltas(messageIdOf(event.payload));
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
