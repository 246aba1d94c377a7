import { createHash } from 'node:crypto';
import { z } from 'zod';
import { badCursor } from './pagination.ts';

/** How much of the hash tells one list from another: there is nothing to forge, for every list is scoped by user. */
const CHECK_LENGTH = 8;

/** Which list a cursor belongs to: one path, as one user sees it. */
export interface CursorPlace {
  user_id: string | undefined;
  path: string;
}

/**
 * A page with its cursor bound to its list. Most cursors are an id, and would be taken by every other list: read as
 * something else than what was meant.
 */
export function bindCursor<T>(page: T, place: CursorPlace): T {
  if (!hasCursor(page)) return page;
  return { ...page, next_cursor: page.next_cursor + checkOf(page.next_cursor, place) };
}

/**
 * A list's query with the cursor as the list itself made it; the query of what is no list as it is.
 * @throws AppError `request.bad_cursor` when it was changed, or is another list's or another user's
 */
export function unbindCursor(
  schema: z.ZodType,
  query: Record<string, string>,
  place: CursorPlace,
): Record<string, string> {
  const { cursor: bound } = query;
  if (bound === undefined || !(schema instanceof z.ZodObject && 'cursor' in schema.shape)) return query;
  const cursor = bound.slice(0, -CHECK_LENGTH);
  if (bound !== cursor + checkOf(cursor, place)) throw badCursor();
  return { ...query, cursor };
}

function checkOf(cursor: string, { user_id, path }: CursorPlace): string {
  const whole = JSON.stringify([user_id, path.toLowerCase(), cursor]);
  return createHash('sha256').update(whole).digest('base64url').slice(0, CHECK_LENGTH);
}

function hasCursor(value: unknown): value is { next_cursor: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'next_cursor' in value &&
    typeof value.next_cursor === 'string'
  );
}
