import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import { text } from '#platform/http/fields.ts';
import { listOf } from '#platform/http/list-of.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import type { LaneHandler } from '#platform/lanes/index.ts';
import { job, jobStatus, jobType } from './contract.ts';
import { selectJobs } from './queries.ts';
import { createJobs, present } from './service.ts';

const tag = 'Jobs';
/** The scope that shows everyone's, and changes them. */
const ALL = 'system:admin';
const params = z.strictObject({ id: text(500).meta({ description: 'A job’s id: <lane>:<seq>' }) });
const cursorKey = z.tuple([z.int(), z.string(), z.int()]);

export function jobRoutes(database: Database, handlerOf: (kind: string) => LaneHandler | undefined): Route[] {
  const jobs = createJobs(database, handlerOf);
  return [
    route(
      {
        method: 'get',
        path: '/api/jobs',
        scope: 'settings:read',
        wider_scope: ALL,
        summary: 'Your work in lanes, newest first',
        description: `What has ended is kept for a week. With \`${ALL}\` everyone's; what is in a job is shown to nobody.`,
        tag,
        query: listQuery.extend({ status: listOf(jobStatus).optional(), type: listOf(jobType).optional() }),
        responses: { 200: pageOf(job) },
      },
      async ({ caller, query: { limit, cursor, ...filter } }) => {
        const user_id = caller.scopes.includes(ALL) ? undefined : caller.user_id;
        const rows = await selectJobs(
          database.system,
          { ...filter, user_id },
          { after: decodeCursor(cursor, cursorKey), count: limit + 1 },
        );
        const { items, next_cursor } = page(rows, limit, (row) => [row.position, row.lane, row.seq]);
        return { items: items.map(present), next_cursor };
      },
    ),
    route(
      {
        method: 'post',
        path: '/api/jobs/{id}/retry',
        scope: ALL,
        summary: 'Have a parked or failed job tried again',
        description: 'It is put at the end of its lane and has a new id.',
        tag,
        params,
        responses: { 200: job },
      },
      async ({ caller, params: { id } }) => await jobs.retry(caller.user_id, id),
    ),
    route(
      {
        method: 'post',
        path: '/api/jobs/{id}/cancel',
        scope: ALL,
        summary: 'Cancel a job that waits',
        description: '409 when a worker is at it. Its user is told as when it is given up.',
        tag,
        params,
        responses: { 200: job },
      },
      async ({ caller, params: { id } }) => await jobs.cancel(caller.user_id, id),
    ),
    route(
      {
        method: 'post',
        path: '/api/jobs/{id}/park',
        scope: ALL,
        summary: 'Park a job that waits; its lane goes on',
        description: '409 when a worker is at it. Its user is told as when it is given up.',
        tag,
        params,
        responses: { 200: job },
      },
      async ({ caller, params: { id } }) => await jobs.park(caller.user_id, id),
    ),
  ];
}
