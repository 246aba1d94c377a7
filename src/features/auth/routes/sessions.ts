import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { id } from '#platform/http/fields.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import * as contract from '../contract.ts';
import type { DeviceInfo } from '../device.ts';
import type { SessionRow } from '../queries/sessions.ts';
import { endSession, endSessions, listSessions, type SessionKind } from '../sessions.ts';

const tag = 'Sessions';
const path = '/api/sessions';

function shown(
  { user_id: _, ...row }: SessionRow,
  current: string | null,
): z.output<typeof contract.session> {
  const { kind, ...session_metadata } = row.session_metadata as { kind: SessionKind };
  const device = row.device_info as unknown as DeviceInfo;
  return {
    ...row,
    kind,
    is_current: row.id === current,
    device_info: { ...device, last_seen_at: new Date(device.last_seen_at) },
    session_metadata,
  };
}

/** A user's devices: browsers that are signed in, and programs with access tokens. */
export function sessionRoutes(database: Database): Route[] {
  return [
    route(
      {
        method: 'get',
        path,
        tag,
        scope: 'settings:read',
        summary: 'Where you are signed in, newest first',
        query: listQuery.extend({ status: contract.session.shape.status.optional() }),
        responses: { 200: pageOf(contract.session) },
      },
      async ({ caller, query: { limit, cursor, status } }) => {
        const [before] = decodeCursor(cursor, z.tuple([id])) ?? [];
        const { items, next_cursor } = page(
          await database.asUser(
            caller.user_id,
            async (tx) => await listSessions(tx.db, caller.user_id, { before, count: limit + 1, status }),
          ),
          limit,
          (row) => [row.id],
        );
        return { items: items.map((row) => shown(row, caller.session_id)), next_cursor };
      },
    ),
    route(
      {
        method: 'delete',
        path: `${path}/{id}`,
        params: z.strictObject({ id }),
        tag,
        scope: 'settings:write',
        summary: 'End a session: it opens nothing any more',
        responses: { 204: null },
      },
      async ({ caller: { user_id }, params }) => {
        const ended = await database.asSystem(
          async (tx) => await endSession(tx, { user_id, session_id: params.id, reason: 'revoked' }),
        );
        if (ended) return;
        throw new AppError({
          code: 'auth.session_not_found',
          kind: 'not_found',
          message: 'There is no such session',
        });
      },
    ),
    route(
      {
        method: 'delete',
        path,
        tag,
        scope: 'settings:write',
        summary: 'End all other sessions',
        responses: { 204: null },
      },
      async ({ caller: { user_id, session_id } }) => {
        await database.asSystem(
          async (tx) =>
            await endSessions(tx, user_id, { except: session_id ?? undefined, reason: 'revoked' }),
        );
      },
    ),
  ];
}
