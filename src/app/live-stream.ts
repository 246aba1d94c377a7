import type { Database } from '#platform/db/index.ts';
import { followEvents, streamStart, type Signals } from '#platform/events/index.ts';
import type { EventStreamOptions } from '#platform/http/event-sink.ts';
import type { StreamCaller } from '#platform/http/stream-tickets.ts';
import type { Logger } from '#platform/log/index.ts';
import type { OpenStreams } from './open-streams.ts';

export interface LiveStreamContext {
  database: Database;
  signals: Signals;
  streams: OpenStreams;
  log: Logger;
}

export interface Wanted {
  caller: StreamCaller;
  /** The seq to go on after; undefined: from now on. */
  after: number | undefined;
  /** Only events of this subject. */
  subject: string | undefined;
}

/**
 * What a caller hears, whatever carries it: settled before the client is answered, so that whatever happens then is in
 * the stream. Ends when the credentials hold no more.
 */
export async function liveStream(
  { database, signals, streams, log }: LiveStreamContext,
  { caller, after, subject }: Wanted,
): Promise<EventStreamOptions> {
  const start = await streamStart(database, caller.user_id, after);
  streams.requireRoom(caller.user_id);
  const hearsText = caller.scopes.includes('chat:read');
  return {
    onError: (error) => log.error({ err: error }, 'an event stream failed'),
    start: async (sink) => {
      const remove = streams.add(caller, () => sink.close('revoked'));
      sink.signal.addEventListener('abort', remove, { once: true });
      try {
        await followEvents({
          database,
          signals,
          userId: caller.user_id,
          start,
          subject,
          signal: sink.signal,
          send: (event) => {
            if (event.type === 'message.delta' && !hearsText) return;
            const { seq, ...rest } = event;
            if (seq === null) sink.send(rest);
            else sink.send(event, seq);
          },
        });
      } finally {
        remove();
      }
      sink.close();
    },
  };
}
