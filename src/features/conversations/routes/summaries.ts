import type { Database } from '#platform/db/index.ts';
import { id } from '#platform/http/fields.ts';
import { listQuery, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import { changeSummary, removeSummary, summaryPage } from '../context/service.ts';
import { summaryPatchSchema, summarySchema } from '../contract.ts';
import { params, tag } from './shared.ts';

const ofThread = params.extend({ summary_id: id });

/** What models are shown instead of a thread's oldest part. */
export function summaryRoutes(database: Database): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/api/threads/{id}/summaries',
        scope: 'chat:read',
        summary: 'What was said before, in short; newest first',
        description:
          'When a thread becomes too long for its model, its oldest part is summarised before the next reply, each time ' +
          'with the summary before. Models are shown the active one that goes furthest, and all messages behind its ' +
          '`up_to_seq`. Messages stay as they are.',
        tag,
        params,
        query: listQuery,
        responses: { 200: pageOf(summarySchema) },
      },
      async ({ caller, params: { id: threadId }, query }) =>
        await database.asUser(caller.user_id, async (tx) => await summaryPage(tx.db, threadId, query)),
    ),
    route(
      {
        method: 'patch',
        path: '/api/threads/{id}/summaries/{summary_id}',
        scope: 'chat:write',
        summary: 'Rewrite a summary, or use it no more',
        description: 'One that is rewritten is its user’s own word: `model` is null and `tainted` false.',
        tag,
        params: ofThread,
        body: summaryPatchSchema,
        responses: { 200: summarySchema },
      },
      async ({ caller, params: { id: threadId, summary_id }, body }) =>
        await database.asUser(
          caller.user_id,
          async (tx) => await changeSummary(tx, threadId, summary_id, body),
        ),
    ),
    route(
      {
        method: 'delete',
        path: '/api/threads/{id}/summaries/{summary_id}',
        scope: 'chat:write',
        summary: 'Delete a summary; another is made when it is needed',
        tag,
        params: ofThread,
        responses: { 204: null },
      },
      async ({ caller, params: { id: threadId, summary_id } }) => {
        await database.asUser(caller.user_id, async (tx) => await removeSummary(tx, threadId, summary_id));
        return undefined;
      },
    ),
  ];
}
