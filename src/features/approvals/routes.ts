import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { id } from '#platform/http/fields.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { route, type Caller, type Route } from '#platform/http/route.ts';
import { approval, approvalFilter, type DecidedVia } from './contract.ts';
import { decide, type GoOn } from './decide.ts';
import { selectApproval, selectApprovals } from './queries.ts';

const tag = 'Approvals';
const path = '/api/approvals';
const params = z.strictObject({ id });

function viaOf({ session_id, token_id }: Caller): DecidedVia {
  return session_id !== null && token_id === null ? 'web' : 'api';
}

export function approvalRoutes(database: Database, goOn: GoOn): Route[] {
  const verbs = [
    { verb: 'approve', status: 'approved', summary: 'Allow exactly this call, once' },
    { verb: 'reject', status: 'rejected', summary: 'Refuse this call; the assistant is told so' },
  ] as const;
  return [
    route(
      {
        method: 'get',
        path,
        scope: 'chat:read',
        summary: 'What assistants ask your approval for, newest first',
        tag,
        query: listQuery.extend(approvalFilter.shape),
        responses: { 200: pageOf(approval) },
      },
      async ({ caller, query: { limit, cursor, ...filter } }) => {
        const [before] = decodeCursor(cursor, z.tuple([id])) ?? [];
        const rows = await selectApprovals(database.readAs(caller.user_id), caller.user_id, {
          ...filter,
          before,
          count: limit + 1,
        });
        return page(rows, limit, (row) => [row.id]);
      },
    ),
    route(
      {
        method: 'get',
        path: `${path}/{id}`,
        scope: 'chat:read',
        summary: 'One approval',
        tag,
        params,
        responses: { 200: approval },
      },
      async ({ caller, params: { id: wanted } }) => {
        const found = await selectApproval(database.readAs(caller.user_id), caller.user_id, wanted);
        if (found) return found;
        throw new AppError({
          code: 'approvals.not_found',
          kind: 'not_found',
          message: 'There is no such approval',
        });
      },
    ),
    ...verbs.map(({ verb, status, summary }) =>
      route(
        {
          method: 'post',
          path: `${path}/{id}/${verb}`,
          scope: 'chat:write',
          summary,
          description:
            'The same decision again answers the same; another one is refused with 409, as is one that comes too late. ' +
            'When nothing of the reply is open any more, it goes on.',
          tag,
          params,
          responses: { 200: approval },
        },
        async ({ caller, params: { id: wanted } }) =>
          await database.asUser(
            caller.user_id,
            async (tx) =>
              await decide(tx, caller.user_id, wanted, { status, decided_via: viaOf(caller) }, goOn),
          ),
      ),
    ),
  ];
}
