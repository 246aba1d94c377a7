import { sql, type Insertable, type Selectable } from 'kysely';
import type { Db, JsonValue, Schema } from '#platform/db/index.ts';

/** What may be shown of a session: not its token. */
const sessionColumns = [
  'id',
  'user_id',
  'status',
  'expires_at',
  'session_metadata',
  'device_info',
  'created_at',
  'updated_at',
] as const;

export type SessionRow = Pick<Selectable<Schema['sessions']>, (typeof sessionColumns)[number]>;

export type NewSessionRow = Omit<Insertable<Schema['sessions']>, 'expires_at' | 'device_info'> & {
  /** JSON */
  device_info: string;
};

/** `last_seen_at` of its device is now. */
export async function insertSession(db: Db, row: NewSessionRow, lifetimeMs: number): Promise<SessionRow> {
  return await db
    .insertInto('sessions')
    .values({
      ...row,
      device_info: sql<string>`${row.device_info}::jsonb || jsonb_build_object('last_seen_at', app_now())`,
      expires_at: sql<Date>`app_now() + ${lifetimeMs} * interval '1 millisecond'`,
    })
    .returning(sessionColumns)
    .executeTakeFirstOrThrow();
}

/** Newest first, those older than the session `before`. */
export async function selectSessions(
  db: Db,
  userId: string,
  {
    before,
    count,
    status,
  }: { before: string | undefined; count: number; status: SessionRow['status'] | undefined },
): Promise<SessionRow[]> {
  return await db
    .selectFrom('sessions')
    .select(sessionColumns)
    // One whose time has run out is shown as expired before the clean-up has come to it.
    .select(currentStatus)
    .where('user_id', '=', userId)
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .$if(status !== undefined, (query) => query.where(statusNow, '=', status!))
    .orderBy('id', 'desc')
    .limit(count)
    .execute();
}

const statusNow = sql<SessionRow['status']>`
  case when status in ('pending', 'authenticated') and expires_at <= app_now() then 'expired' else status end`;
const currentStatus = statusNow.as('status');

/** Whether there was one. Its refresh tokens go with it. */
export async function deleteSession(db: Db, userId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** All of a user's but one; how many they were. Those that had ended anyway stay for the user to see. */
export async function deleteSessions(db: Db, userId: string, except: string | undefined): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .where('status', 'in', ['pending', 'authenticated'])
    .$if(except !== undefined, (query) => query.where('id', '!=', except!))
    .executeTakeFirst();
  return Number(numDeletedRows);
}

export interface LiveSession {
  session_id: string;
  user_id: string;
  role: 'admin' | 'member';
  /** Its last use is not recorded, or was longer ago than is worth a write. */
  is_use_stale: boolean;
}

const useIsStale = sql<boolean>`
  coalesce((device_info->>'last_seen_at')::timestamptz < app_now() - interval '1 minute', true)`;

/** The session with this token or id, while it and its user are in force. */
export async function selectLiveSession(
  db: Db,
  by: { token: string } | { id: string },
): Promise<LiveSession | undefined> {
  return await db
    .selectFrom('sessions as session')
    .innerJoin('users as user', 'user.id', 'session.user_id')
    .select(['session.id as session_id', 'session.user_id', 'user.role', useIsStale.as('is_use_stale')])
    .$if('token' in by, (query) => query.where('session.token', '=', (by as { token: string }).token))
    .$if('id' in by, (query) => query.where('session.id', '=', (by as { id: string }).id))
    .where('session.status', '=', 'authenticated')
    .where('user.is_active', '=', true)
    .where(sql<boolean>`session.expires_at > app_now()`)
    .executeTakeFirst();
}

/** Notes that it was used now, from this address; once a minute at most, also from several processes at once. */
export async function touchSessionRow(db: Db, id: string, address: string | undefined): Promise<void> {
  const seen = sql`jsonb_build_object('last_seen_at', app_now(), 'address', coalesce(${address ?? null}::text, device_info->>'address'))`;
  await db
    .updateTable('sessions')
    .set({ device_info: sql<string>`device_info || ${seen}` })
    .where('id', '=', id)
    .where(useIsStale)
    .execute();
}

/** Sessions whose time has run out say so. */
export async function expireSessions(db: Db): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ status: 'expired', token: null })
    .where('status', 'in', ['pending', 'authenticated'])
    .where(sql<boolean>`expires_at <= app_now()`)
    .execute();
}

/** Removes what ended before this. */
export async function deleteEndedSessions(db: Db, before: Date): Promise<void> {
  await db
    .deleteFrom('sessions')
    .where('status', 'in', ['expired', 'error'])
    .where('expires_at', '<', before)
    .execute();
}

/** A session with what the auth library wants to know of it. */
export interface FullSession extends SessionRow {
  token: string | null;
  /** How far the deciding clock is ahead of the machine's, which the library goes by; 0 but in tests. */
  clock_offset_ms: number;
}

const fullColumns = [
  ...sessionColumns,
  'token',
  sql<number>`(select offset_ms from app_clock)`.as('clock_offset_ms'),
] as const;

export async function selectSessionById(db: Db, id: string): Promise<FullSession | undefined> {
  return await db
    .selectFrom('sessions')
    .select(fullColumns)
    .where('id', '=', id)
    .where(sql<boolean>`expires_at > app_now()`)
    .executeTakeFirst();
}

/** The sign-in that waits for its second factor, locked: answers to it are weighed one by one. */
export async function selectPendingSession(db: Db, challenge: string): Promise<SessionRow | undefined> {
  return await db
    .selectFrom('sessions')
    .select(sessionColumns)
    .where('token', '=', challenge)
    .where('status', '=', 'pending')
    .where(sql<boolean>`expires_at > app_now()`)
    .forUpdate()
    .executeTakeFirst();
}

/** Gives a session another status, token, lifetime from now, or more metadata. */
export async function updateSession(
  db: Db,
  id: string,
  change: {
    status?: SessionRow['status'];
    token?: string | null;
    lifetime_ms?: number;
    metadata?: Record<string, JsonValue>;
  },
): Promise<FullSession | undefined> {
  const { status, token, lifetime_ms, metadata = {} } = change;
  return await db
    .updateTable('sessions')
    .set({
      ...(status !== undefined && { status }),
      ...(token !== undefined && { token }),
      ...(lifetime_ms !== undefined && {
        expires_at: sql<Date>`app_now() + ${lifetime_ms} * interval '1 millisecond'`,
      }),
      session_metadata: sql<string>`session_metadata || ${JSON.stringify(metadata)}::jsonb`,
    })
    .where('id', '=', id)
    .returning(fullColumns)
    .executeTakeFirst();
}
