import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import { invalidField } from '#platform/errors/index.ts';
import { followEvents, streamStart, type Signals } from '#platform/events/index.ts';
import { route, type Route } from '#platform/http/route.ts';
import { eventStream } from '#platform/http/sse.ts';
import type { Logger } from '#platform/log/index.ts';

const query = z.strictObject({
  subject: z.string().max(200).optional().describe('Only events of this subject, e.g. reminder:<id>'),
});

function lastEventId(headers: Headers): number | undefined {
  const given = headers.get('last-event-id');
  if (given === null || given === '') return undefined;
  if (/^\d{1,15}$/.test(given)) return Number(given);
  throw invalidField('Last-Event-ID', 'must be the id of an event');
}

/** The caller's live events as server-sent events, with replay from `Last-Event-ID`. */
export function eventsRoute({
  database,
  signals,
  log,
}: {
  database: Database;
  signals: Signals;
  log: Logger;
}): Route {
  return route(
    {
      method: 'get',
      path: '/api/events',
      scope: 'any',
      summary: 'Live events (SSE)',
      description:
        'One ordered stream: `id` is the seq, `data` the event {seq, type, subject, at, payload}. ' +
        '`Last-Event-ID` replays what came after it; without it the stream begins now. ' +
        '`message.delta` carries text as it is written and has no id.',
      tag: 'Events',
      query,
      responses: { 200: null },
    },
    async ({ caller, query: { subject }, request }) => {
      const position = await streamStart(database, caller.user_id, lastEventId(request.headers));
      const hearsText = caller.scopes.includes('chat:read');
      return eventStream(request, {
        onError: (error) => log.error({ err: error }, 'an event stream failed'),
        start: async (sink) => {
          await followEvents({
            database,
            signals,
            userId: caller.user_id,
            start: position,
            subject,
            signal: sink.signal,
            send: (event) => {
              if (event.type === 'message.delta' && !hearsText) return;
              const { seq, ...rest } = event;
              if (seq === null) sink.send(rest);
              else sink.send(event, seq);
            },
          });
          sink.close();
        },
      });
    },
  );
}
