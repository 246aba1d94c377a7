import type { Database } from '#platform/db/index.ts';
import { route, type Route } from '#platform/http/route.ts';
import { sentSchema, stoppedSchema, stopSchema } from '../contract.ts';
import { regenerate } from '../regenerate.ts';
import { stopTurn } from '../stop-turn.ts';
import { params, tag } from './shared.ts';

/** What is asked of the reply that is, or was, being made. */
export function turnRoutes(database: Database): Route[] {
  return [
    route(
      {
        method: 'post',
        path: '/api/threads/{id}/regenerate',
        scope: 'chat:write',
        summary: 'Make the last reply anew',
        description:
          'What its tools have done is not done again: the new reply begins with it. Refused with 409 while a reply is ' +
          'waited for, and where there is none yet.',
        tag,
        params,
        responses: { 202: sentSchema },
      },
      async ({ caller, params: { id: threadId } }) =>
        await database.asUser(caller.user_id, async (tx) => {
          const message = await regenerate(tx, threadId);
          return { message, turn_id: message.turn_id };
        }),
    ),
    route(
      {
        method: 'post',
        path: '/api/threads/{id}/stop',
        scope: 'chat:write',
        summary: 'Stop the reply that is being made; what was said stays',
        description:
          'With `turn_id` that turn only: while it runs, is next to run, or waits for an approval. Without, the one that ' +
          'runs or is next to run, and all that wait for an approval. Messages behind it are answered.',
        tag,
        params,
        body: stopSchema,
        responses: { 200: stoppedSchema },
      },
      async ({ caller, params: { id: threadId }, body }) => ({
        stopped: await database.asUser(
          caller.user_id,
          async (tx) => await stopTurn(tx, threadId, body?.turn_id),
        ),
      }),
    ),
  ];
}
