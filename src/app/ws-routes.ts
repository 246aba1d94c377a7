import { z } from 'zod';
import { endOfAccessToken, selectStillHolding } from '#features/auth/index.ts';
import type { Database } from '#platform/db/index.ts';
import { streamStart } from '#platform/events/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { instant } from '#platform/http/fields.ts';
import { route, type Caller, type RequestInfo, type Route } from '#platform/http/route.ts';
import { isOwn } from '#platform/http/same-origin.ts';
import { issueTicket, useTicket, type StreamCaller } from '#platform/http/stream-tickets.ts';
import { offeredProtocols, webSocketStream } from '#platform/http/websocket.ts';
import { lastEventId, subjectField } from './events-route.ts';
import { liveStream, type LiveStreamContext } from './live-stream.ts';

const PATH = '/api/ws';
/** Before a ticket among the offered subprotocols: what a browser can send beside the URL. */
const TICKET_PROTOCOL = 'ticket.';

const ticket = z
  .object({
    ticket: z.string(),
    expires_at: instant,
    last_event_id: z
      .int()
      .describe(
        'The last event there was: given to the stream, nothing is missed between now and its beginning',
      ),
  })
  .meta({ id: 'StreamTicket' });

const query = z.strictObject({
  ticket: z.string().max(200).optional().describe('From POST /api/ws/ticket'),
  subject: subjectField,
  last_event_id: z
    .string()
    .regex(/^\d{1,15}$/, 'must be the id of an event')
    .optional()
    .describe('Replays what came after this seq, as `Last-Event-ID` does; without it the stream begins now'),
});

export interface WsAccessOptions {
  database: Database;
  publicUrl: string | undefined;
  authenticate(request: RequestInfo): Caller | null | Promise<Caller | null>;
}

/**
 * Who asks, where a WebSocket may be asked for: there a browser sends its cookies from any page, so they count for
 * nothing; a ticket or a bearer token does, and a page must be ours.
 */
export function wsAuthenticate(options: WsAccessOptions): (request: RequestInfo) => Promise<Caller | null> {
  const { database, publicUrl, authenticate } = options;

  async function byTicket(request: RequestInfo): Promise<Caller | null> {
    const given = request.upgrade && ticketOf(request);
    if (given === undefined) return null;
    const caller = await useTicket(database, given);
    if (!caller) return null;
    return (await selectStillHolding(database.system, [caller])).has(caller) ? caller : null;
  }

  return async (request) => {
    if (request.path !== PATH) return await authenticate(request);
    const origin = request.headers.get('origin');
    if (origin !== null && !isOwn(origin, request.host, publicUrl)) {
      throw new AppError({
        code: 'websocket.origin',
        kind: 'forbidden',
        message: `a page of ${origin} may not open this`,
      });
    }
    const isBearer = /^Bearer\b/i.test(request.headers.get('authorization') ?? '');
    return await (isBearer ? authenticate(request) : byTicket(request));
  };
}

function ticketOf({ headers, upgrade }: RequestInfo): string | undefined {
  const offered = offeredProtocols(headers).find((name) => name.startsWith(TICKET_PROTOCOL));
  return offered?.slice(TICKET_PROTOCOL.length) ?? upgrade?.query.get('ticket') ?? undefined;
}

/** With an access token's end, where it came with one; a ticket has kept it. */
function listenerOf(caller: Caller, { headers }: RequestInfo): StreamCaller {
  return { until: endOfAccessToken(headers), ...caller };
}

/** The caller's live events over a WebSocket, and the tickets that open one. */
export function wsRoutes(context: LiveStreamContext): Route[] {
  return [
    route(
      {
        method: 'post',
        path: `${PATH}/ticket`,
        scope: 'any',
        summary: 'A ticket for a WebSocket',
        description: `Opens GET ${PATH} once, within 30 seconds, with what the caller may hear.`,
        tag: 'Events',
        responses: { 201: ticket },
      },
      async ({ caller, request }) => {
        const { cursor } = await streamStart(context.database, caller.user_id, undefined);
        return {
          ...(await issueTicket(context.database, listenerOf(caller, request))),
          last_event_id: cursor,
        };
      },
    ),
    route(
      {
        method: 'get',
        path: PATH,
        scope: 'any',
        summary: 'Live events (WebSocket)',
        description:
          'The same stream as GET /api/events: each message is the text of one event {seq, type, subject, at, payload}, ' +
          'where what has no id there has no seq. Opened with a ticket (`?ticket=`, or the subprotocols `famulus, ' +
          'ticket.<ticket>`) or a bearer token, never with a cookie, and from pages of this installation alone. ' +
          'Closed with 4401 when its credentials hold no more, with 1001 when the server stops.',
        tag: 'Events',
        query,
        responses: { 101: null },
      },
      async ({ caller, query: { subject, last_event_id }, request }) => {
        const after = last_event_id === undefined ? lastEventId(request.headers) : Number(last_event_id);
        const wanted = { caller: listenerOf(caller, request), after, subject };
        return await webSocketStream(request, await liveStream(context, wanted));
      },
    ),
  ];
}
