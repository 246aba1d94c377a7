import type { Database } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { route, type Route } from '#platform/http/route.ts';
import { downloadOf } from '../export/download.ts';
import { createSlots } from '../export/slots.ts';
import { spoolExport, type ExportedFiles } from '../export/spool.ts';

export interface ExportOptions extends ExportedFiles {
  /** Where an export is written before it is sent. */
  directory: string;
  /** All that a user may read. */
  scopes: readonly string[];
}

/** How long a client may read nothing of an export that is there, ms. */
const IDLE_MS = 60_000;

export function exportRoute(database: Database, { directory, scopes, files }: ExportOptions): Route {
  const slots = createSlots();
  return route(
    {
      method: 'get',
      path: '/api/me/export',
      scope: 'settings:read',
      summary: 'Everything of yours, as a zip of JSON lines',
      description:
        'One file a table, all of one moment, and what was uploaded under `files/`, without what opens the account. With an API token it has what the token ' +
        'may read; `manifest.json` says whether it is complete. One at a time.',
      tag: 'Users',
      responses: { 200: null },
      media: 'application/zip',
    },
    async ({ caller, request }) => {
      const headers = {
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="famulus-${new Date().toISOString().slice(0, 10)}.zip"`,
      };
      if (request.method === 'HEAD') return new Response(null, { headers });
      const slot = slots.take(caller.user_id);
      const { signal } = request;
      try {
        const spool = await spoolExport(database, {
          userId: caller.user_id,
          mayRead: (scope) => caller.scopes.includes(scope),
          mayReadAll: scopes.every((scope) => caller.scopes.includes(scope)),
          directory,
          files,
          signal,
        });
        slot.built();
        const body = downloadOf(spool, {
          signal,
          idle_ms: IDLE_MS,
          hangUp: () => request.hangUp(),
          onEnd: slot.release,
        });
        return new Response(body, { headers: { ...headers, 'content-length': String(spool.size) } });
      } catch (error) {
        slot.release();
        throw signal.aborted ? gone(error) : error;
      }
    },
  );
}

/** Nobody reads this answer, but the log does. */
function gone(cause: unknown): AppError {
  return new AppError({ code: 'request.aborted', kind: 'malformed', message: 'the client went away', cause });
}
