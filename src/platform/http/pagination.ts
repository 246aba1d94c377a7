import { z } from 'zod';
import { AppError } from '#platform/errors/index.ts';

const limit = z
  .string()
  .regex(/^\d{1,4}$/, 'must be a whole number from 1 to 200')
  .transform(Number)
  .refine((value) => value >= 1 && value <= 200, { error: 'must be a whole number from 1 to 200' })
  .default(50)
  .meta({ type: 'integer', minimum: 1, maximum: 200, description: 'How many at most, 50 by default.' });

/** The query of every list. With filters: `listQuery.extend({ … })`. */
export const listQuery = z.strictObject({
  limit,
  cursor: z.string().optional().describe('The next_cursor of the page before.'),
});

/** One page as it is answered; `next_cursor` is null on the last. */
export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** The contract of a page of `item`s. */
export function pageOf<S extends z.ZodType>(item: S) {
  return z.strictObject({ items: z.array(item), next_cursor: z.string().nullable() });
}

/** Where a list goes on: the sort key of the last row shown. Dates become RFC 3339 text. */
export function encodeCursor(key: unknown[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * The sort key in a cursor, e.g. `decodeCursor(query.cursor, z.tuple([instant, id]))`; undefined without one.
 * That it is this list's has been seen to (`bound-cursor.ts`).
 * @throws AppError `request.bad_cursor` when it is none of ours
 */
export function decodeCursor<S extends z.ZodType>(
  cursor: string | undefined,
  key: S,
): z.output<S> | undefined {
  if (cursor === undefined) return undefined;
  const result = key.safeParse(arrayIn(cursor));
  if (result.success) return result.data;
  throw badCursor();
}

export function badCursor(): AppError {
  const message = 'is not a cursor of this list: leave it out to start over';
  return new AppError({
    code: 'request.bad_cursor',
    kind: 'invalid',
    message: `cursor: ${message}`,
    problems: [{ path: 'cursor', message }],
  });
}

function arrayIn(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** A page from rows of which one more than `limit` was asked for: the extra one says that the list goes on. */
export function page<T>(rows: T[], limit: number, keyOf: (row: T) => unknown[]): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const goesOn = rows.length > limit && last !== undefined;
  return { items, next_cursor: goesOn ? encodeCursor(keyOf(last)) : null };
}
