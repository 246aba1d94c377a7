import { z } from 'zod';
import { endOfAccessToken } from '#features/auth/index.ts';
import { invalidField } from '#platform/errors/index.ts';
import { route, type Route } from '#platform/http/route.ts';
import { eventStream } from '#platform/http/sse.ts';
import { liveStream, type LiveStreamContext } from './live-stream.ts';

export const subjectField = z
  .string()
  .min(1, 'must not be empty')
  .max(200)
  .optional()
  .describe('Only events of this subject, e.g. reminder:<id>');

/**
 * The seq after which events are replayed, from `Last-Event-ID`.
 * @throws AppError 422 with the path `Last-Event-ID`
 */
export function lastEventId(headers: Headers): number | undefined {
  const given = headers.get('last-event-id');
  if (given === null || given === '') return undefined;
  if (/^\d{1,15}$/.test(given)) return Number(given);
  throw invalidField('Last-Event-ID', 'must be the id of an event');
}

/** The caller's live events as server-sent events, with replay from `Last-Event-ID`. */
export function eventsRoute(context: LiveStreamContext): Route {
  return route(
    {
      method: 'get',
      path: '/api/events',
      scope: 'any',
      summary: 'Live events (SSE)',
      description:
        'One ordered stream: `id` is the seq, `data` the event {seq, type, subject, at, payload}. ' +
        '`Last-Event-ID` replays what came after it; without it the stream begins now. ' +
        '`message.delta` carries text as it is written and has no id. ' +
        'Events have ids alone: `memory.updated {memory_id}` says that this memory is there, is another, or is gone. ' +
        'So do `reminder.updated`, `thread.updated`, `assistant.updated` (its tool links, too), `tool.updated`, ' +
        '`user.updated`, `token.updated`, `session.updated` (sessions, passkeys, password, second factor), and for ' +
        'admins `invitation.updated` and `settings.changed`. Beside them: `reminder.fired`, `schedule.missed`, ' +
        '`notification.created`, `notification.read`, `delivery.updated`, `message.created`, `message.reset`, ' +
        '`message.completed`, `message.failed`, `tool.started`, `tool.finished`; `stream.reset` after a gap. ' +
        'The stream ends when its credentials hold no more.',
      tag: 'Events',
      query: z.strictObject({ subject: subjectField }),
      responses: { 200: null },
      media: 'text/event-stream',
    },
    async ({ caller, query: { subject }, request }) => {
      const after = lastEventId(request.headers);
      const listener = { ...caller, until: endOfAccessToken(request.headers) };
      return eventStream(request, await liveStream(context, { caller: listener, after, subject }));
    },
  );
}
