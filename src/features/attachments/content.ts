import type { Database } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import type { RequestInfo } from '#platform/http/route.ts';
import type { Storage } from '#platform/storage/index.ts';
import { disposition } from './file-name.ts';
import { selectAttachment, type AttachmentRow } from './queries/attachments.ts';
import { noSuchAttachment } from './service.ts';

/** Nothing in a file may run or load anything, whatever a browser takes it for. The styles are those of its page around an image. */
const CONTENT_POLICY =
  "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

function headersOf({ media_type, name, size_bytes, sha256 }: AttachmentRow): Record<string, string> {
  const isImage = media_type.startsWith('image/');
  const isText = media_type.startsWith('text/');
  return {
    'content-type': isText ? `${media_type}; charset=utf-8` : media_type,
    'content-length': String(size_bytes),
    'content-disposition': disposition(isImage ? 'inline' : 'attachment', name),
    'content-security-policy': CONTENT_POLICY,
    'x-content-type-options': 'nosniff',
    // Asked for again each time, so that nobody sees it who is not signed in any more.
    'cache-control': 'private, no-cache',
    etag: `"${sha256}"`,
  };
}

function bytesLost(): AppError {
  return new AppError({
    code: 'attachments.lost',
    kind: 'not_found',
    message: 'The file is not in the store any more',
  });
}

/** The bytes of a user's file as they were uploaded. Throws `attachments.not_found`, `attachments.lost`. */
export async function contentOf(
  { database, storage }: { database: Database; storage: Storage },
  userId: string,
  id: string,
  request: Pick<RequestInfo, 'method' | 'headers'>,
): Promise<Response> {
  const row = await selectAttachment(database.readAs(userId), userId, id);
  if (!row) throw noSuchAttachment();
  const { 'content-length': length, ...headers } = headersOf(row);
  if (request.headers.get('if-none-match')?.includes(headers['etag']!)) {
    return new Response(null, { status: 304, headers });
  }
  const sized = { ...headers, 'content-length': length! };
  if (request.method === 'HEAD') return new Response(null, { headers: sized });
  const stored = await storage.get(row.storage_key);
  if (!stored) throw bytesLost();
  return new Response(stored.stream, { headers: sized });
}
