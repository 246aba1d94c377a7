import { z } from 'zod';
import { findUserById } from '#features/users/index.ts';
import { appNow } from '#platform/clock/app-now.ts';
import type { Db, Tx } from '#platform/db/index.ts';
import { id, instant } from '#platform/http/fields.ts';
import { decodeCursor, page, type Page } from '#platform/http/pagination.ts';
import type { PreviewRequest } from './contract.ts';
import { forecast } from './forecast.ts';
import { previewOf, type Preview } from './preview.ts';
import { listUpcoming, listUpcomingRules, type UpcomingRecord } from './queries/upcoming.ts';

export interface UpcomingWanted {
  limit: number;
  cursor?: string | undefined;
  /** Every time up to here; without it each schedule once, at its next instant. */
  until?: Date | undefined;
  from?: Date | undefined;
}

/** A page of what will fire, soonest first. */
export async function upcomingPage(
  db: Db,
  userId: string,
  { limit, cursor, until, from }: UpcomingWanted,
): Promise<Page<UpcomingRecord>> {
  const key = decodeCursor(cursor, z.tuple([instant, id]));
  const after = key && { next_fire_at: key[0], id: key[1] };
  // No id is before all of them.
  const start = after ?? (from && { next_fire_at: from, id: '' });
  const count = limit + 1;
  const rows = until
    ? forecast(await listUpcomingRules(db, userId, until), { after: start, until, count })
    : await listUpcoming(db, userId, { limit: count, after });
  return page(rows, limit, (row) => [row.next_fire_at, row.id]);
}

/** A preview in the user's zone and language where the request names none. */
export async function previewFor(tx: Tx, userId: string, request: PreviewRequest): Promise<Preview> {
  const { timezone, locale } = (await findUserById(tx.db, userId)) ?? { timezone: 'UTC', locale: 'en' };
  return previewOf(request, { timezone, locale, now: await appNow(tx.db) });
}
