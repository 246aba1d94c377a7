import { sql } from 'kysely';
import type { Database, Db } from '#platform/db/index.ts';
import type { Claim } from '#platform/db/claim.ts';

/** How long a key is known. */
const KEPT_S = 24 * 3_600;

/** What one use of a key is found by. */
export interface KeyUse {
  user_id: string;
  /** Verb and path. */
  route: string;
  key: string;
}

export interface KeptRequest {
  id: string;
  request_hash: string;
  /** The process that carries it out. */
  worker_id: string;
  is_alive: boolean;
  /** Null until the answer is kept. */
  status: number | null;
  answer: Buffer | null;
}

/** The use of a key within the last day, if there was one that carried something out. */
export async function findRequest(
  database: Database,
  { user_id, route, key }: KeyUse,
): Promise<KeptRequest | undefined> {
  const { rows } = await sql<KeptRequest & { is_over: boolean }>`
    select id, request_hash, worker_id, status, answer, expires_at <= app_now() as is_over,
        status is not null or worker_id in (select live_workers()) as is_alive
      from idempotency_keys where user_id = ${user_id} and route = ${route} and key = ${key}
  `.execute(database.system);
  const [found] = rows;
  if (!found?.is_over) return found;
  await sql`delete from idempotency_keys where id = ${found.id}`.execute(database.system);
  return undefined;
}

type NewRequest = KeyUse & { id: string; request_hash: string; worker_id: string };

/** For the transaction that carries the request out. */
export function claimOf({ id, user_id, route, key, request_hash, worker_id }: NewRequest): Claim {
  return {
    insertion: `
      insert into idempotency_keys as kept (id, user_id, route, key, request_hash, worker_id, expires_at)
        select $1, $2, $3, $4, $5, $6, app_now() + $7 * interval '1 second' from transaction where writes
        on conflict (user_id, route, key) do update set key = excluded.key where kept.id = excluded.id
        returning 1`,
    parameters: [id, user_id, route, key, request_hash, worker_id, KEPT_S],
  };
}

/** Keeps an answer; of a request that wrote nothing itself, its key as well. */
export async function keepAnswer(
  database: Database,
  { id, user_id, route, key, request_hash, worker_id }: NewRequest,
  { status, answer }: { status: number; answer: Buffer },
): Promise<void> {
  await sql`
    insert into idempotency_keys as kept
        (id, user_id, route, key, request_hash, worker_id, expires_at, status, answer)
      select ${id}, ${user_id}, ${route}, ${key}, ${request_hash}, ${worker_id},
          app_now() + ${KEPT_S} * interval '1 second', ${status}::integer, ${answer}::bytea
        from users where id = ${user_id}
      on conflict (user_id, route, key) do update set status = excluded.status, answer = excluded.answer
        where kept.id = excluded.id
  `.execute(database.system);
}

/** Removes what is older than a day. */
export async function pruneRequests(db: Db): Promise<void> {
  await sql`delete from idempotency_keys where expires_at <= app_now()`.execute(db);
}
