import { z } from 'zod';
import { id } from '#platform/http/fields.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import { contentOf } from './content.ts';
import { attachmentSchema, MAX_FILE_BYTES, uploadQuerySchema } from './contract.ts';
import { selectAttachment, selectAttachments } from './queries/attachments.ts';
import { deleteAttachment, keepUpload, noSuchAttachment, shown, type AttachmentDeps } from './service.ts';

const tag = 'Attachments';
const path = '/api/attachments';
const one = { path: '/api/attachments/{id}', params: z.strictObject({ id }), tag };

export function attachmentRoutes(deps: AttachmentDeps & { uploads: string }): Route[] {
  const { database, uploads } = deps;
  return [
    route(
      {
        method: 'post',
        path,
        tag,
        scope: 'chat:write',
        summary: 'Upload a file to send with a message',
        description:
          'The body is the bytes of one file: an image (PNG, JPEG, GIF, WebP), a PDF, or text in UTF-8, whatever its ' +
          'Content-Type says. It is sent by its id in `attachment_ids` of a message; one that is not sent within a day ' +
          'is deleted.',
        query: uploadQuerySchema,
        upload: { directory: uploads, limit_bytes: MAX_FILE_BYTES },
        responses: { 201: attachmentSchema },
      },
      async ({ caller, query, upload }) => await keepUpload(deps, caller.user_id, upload, query.name),
    ),
    route(
      {
        method: 'get',
        path,
        tag,
        scope: 'chat:read',
        summary: 'Your files, newest first',
        query: listQuery,
        responses: { 200: pageOf(attachmentSchema) },
      },
      async ({ caller, query: { limit, cursor } }) => {
        const [before] = decodeCursor(cursor, z.tuple([id])) ?? [];
        const db = database.readAs(caller.user_id);
        const rows = await selectAttachments(db, caller.user_id, { before, count: limit + 1 });
        return page(rows.map(shown), limit, (row) => [row.id]);
      },
    ),
    route(
      {
        ...one,
        method: 'get',
        scope: 'chat:read',
        summary: 'One file',
        responses: { 200: attachmentSchema },
      },
      async ({ caller, params }) => {
        const row = await selectAttachment(database.readAs(caller.user_id), caller.user_id, params.id);
        if (!row) throw noSuchAttachment();
        return shown(row);
      },
    ),
    route(
      {
        ...one,
        path: `${one.path}/content`,
        method: 'get',
        scope: 'chat:read',
        summary: 'The bytes of a file',
        description: 'Images to be shown, all else to be saved.',
        responses: { 200: null, 304: null },
        media: '*/*',
      },
      async ({ caller, params, request }) => await contentOf(deps, caller.user_id, params.id, request),
    ),
    route(
      {
        ...one,
        method: 'delete',
        scope: 'chat:write',
        summary: 'Delete a file that was not sent',
        description: 'One that was sent goes with its thread: 409.',
        responses: { 204: null },
      },
      async ({ caller, params }) => await deleteAttachment(deps, caller.user_id, params.id),
    ),
  ];
}
