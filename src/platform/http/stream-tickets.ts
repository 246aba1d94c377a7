import { sql } from 'kysely';
import { hashToken, newOneTimeToken } from '#platform/crypto/index.ts';
import type { Database, Db } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Caller } from './route.ts';

/** How long a ticket may be used. */
const LIFETIME_S = 30;

/** Who listens to a stream: without any secret, but with what tells whether the credentials still hold. */
export interface StreamCaller extends Caller {
  /** When the access token ends that it was opened with, in ms since 1970. */
  until?: number | undefined;
}

/** A ticket that opens one stream as this caller. Only its hash is kept. */
export async function issueTicket(
  database: Pick<Database, 'system'>,
  { user_id, scopes, token_id, session_id, until }: StreamCaller,
): Promise<{ ticket: string; expires_at: Date }> {
  const { token, hash } = newOneTimeToken('ws');
  const caller = JSON.stringify({ user_id, scopes, token_id, session_id, until });
  const { rows } = await sql<{ expires_at: Date }>`
    insert into stream_tickets (id, user_id, ticket_hash, caller, expires_at)
    values (${newId()}, ${user_id}, ${hash}, ${caller}::jsonb, app_now() + make_interval(secs => ${LIFETIME_S}))
    returning expires_at`.execute(database.system);
  return { ticket: token, expires_at: rows[0]!.expires_at };
}

/** Uses up a ticket: whom it stands for; undefined when there is no such ticket, or no longer. */
export async function useTicket(
  database: Pick<Database, 'system'>,
  ticket: string,
): Promise<StreamCaller | undefined> {
  const { rows } = await sql<{ caller: StreamCaller; is_valid: boolean }>`
    delete from stream_tickets where ticket_hash = ${hashToken(ticket)}
    returning caller, expires_at > app_now() as is_valid`.execute(database.system);
  return rows[0]?.is_valid ? rows[0].caller : undefined;
}

/** Removes the tickets nobody has used in time. */
export async function pruneTickets(db: Db): Promise<void> {
  await sql`delete from stream_tickets where expires_at < app_now()`.execute(db);
}
