import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';

export interface SigningKeyRow {
  id: string;
  /** A JWK (RFC 8037), of which this is the key itself. */
  public_key: { x: string };
  /** Sealed PKCS #8. */
  private_key: Buffer;
  is_in_use: boolean;
}

/**
 * The keys of access tokens, newest first. In use is one that is neither retired nor older than `lifetime_ms`; of the
 * retired, those are left out that signed nothing in the last `kept_ms`.
 */
export async function selectSigningKeys(
  db: Db,
  { lifetime_ms, kept_ms }: { lifetime_ms: number; kept_ms: number },
): Promise<SigningKeyRow[]> {
  const rows = await db
    .selectFrom('signing_keys')
    .select(['id', 'public_key', 'private_key'])
    .select(
      sql<boolean>`retired_at is null and created_at > app_now() - ${lifetime_ms} * interval '1 millisecond'`.as(
        'is_in_use',
      ),
    )
    .where('kind', '=', 'access_token')
    .where(sql<boolean>`coalesce(retired_at > app_now() - ${kept_ms} * interval '1 millisecond', true)`)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(({ public_key, ...row }) => ({ ...row, public_key: public_key as { x: string } }));
}

/** Makes this the key in use, unless another became it since `known` was the newest. Returns whether it did. */
export async function replaceSigningKey(
  db: Db,
  key: { id: string; public_key: string; private_key: Buffer },
  known: string | undefined,
): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended('signing_keys', 0))`.execute(db);
  const newest = await db
    .selectFrom('signing_keys')
    .select('id')
    .where('kind', '=', 'access_token')
    .where('retired_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  if (newest?.id !== known) return false;
  await db
    .updateTable('signing_keys')
    .set({ retired_at: sql<Date>`app_now()` })
    .where('kind', '=', 'access_token')
    .where('retired_at', 'is', null)
    .execute();
  await db
    .insertInto('signing_keys')
    .values({ ...key, kind: 'access_token' })
    .execute();
  return true;
}

/** Removes keys that were retired before this. */
export async function deleteRetiredKeys(db: Db, before: Date): Promise<void> {
  await db
    .deleteFrom('signing_keys')
    .where('kind', '=', 'access_token')
    .where('retired_at', '<', before)
    .execute();
}

/** How long a family lasts: so long after its last use, and so long after it began. */
export interface FamilyLifetime {
  idle_ms: number;
  total_ms: number;
}

export interface RefreshToken {
  id: string;
  token_hash: string;
}

/** The first token of a session, with the session's own end. */
export async function insertRefreshToken(
  db: Db,
  token: RefreshToken,
  { user_id, family, expires_at }: { user_id: string; family: string; expires_at: Date },
): Promise<void> {
  await db
    .insertInto('refresh_tokens')
    .values({ ...token, user_id, family, expires_at })
    .execute();
}

export interface Family {
  user_id: string;
  family: string;
}

/**
 * Uses a token and puts the next in its place, while it was never used and it, its session and its user are in force;
 * else undefined. In one statement: of any number at the same time one gets through, since the others wait for its
 * row and then find it used.
 */
export async function rotateRefreshToken(
  db: Db,
  usedHash: string,
  next: RefreshToken,
  { idle_ms, total_ms }: FamilyLifetime,
): Promise<Family | undefined> {
  const { rows } = await sql<Family>`
    with used as (
      update refresh_tokens as token set used_at = app_now()
        from sessions as session join users as owner on owner.id = session.user_id
        where token.token_hash = ${usedHash} and token.used_at is null and token.expires_at > app_now()
          and session.id = token.family and session.status = 'authenticated' and session.expires_at > app_now()
          and owner.is_active
        returning token.user_id, token.family
    ), prolonged as (
      update sessions as session
        set expires_at = least(session.created_at + ${total_ms} * interval '1 millisecond',
                               app_now() + ${idle_ms} * interval '1 millisecond')
        from used where session.id = used.family
        returning session.user_id, session.id as family, session.expires_at
    )
    insert into refresh_tokens (id, user_id, family, token_hash, expires_at)
      select ${next.id}, user_id, family, ${next.token_hash}, expires_at from prolonged
      returning user_id, family
  `.execute(db);
  return rows[0];
}

/** Whose this token is, used or not, and whether it was used; undefined when there is none, or none any more. */
export async function selectRefreshToken(
  db: Db,
  hash: string,
): Promise<(Family & { is_used: boolean }) | undefined> {
  return await db
    .selectFrom('refresh_tokens')
    .select(['user_id', 'family', sql<boolean>`used_at is not null`.as('is_used')])
    .where('token_hash', '=', hash)
    .executeTakeFirst();
}

/** Used ones are kept as long, so that using them again is noticed. */
export async function deleteExpiredRefreshTokens(db: Db): Promise<void> {
  await db
    .deleteFrom('refresh_tokens')
    .where(sql<boolean>`expires_at < app_now()`)
    .execute();
}
